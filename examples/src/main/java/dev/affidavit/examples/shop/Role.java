package dev.affidavit.examples.shop;

/** What an account is for, and so what it may do. */
public enum Role {
    CUSTOMER,
    CLERK,
    ACCOUNTANT,
    ADMINISTRATOR,
    /** Nobody uses such an account; it is there to be stolen. A login with its password means that passwords leaked. */
    DECOY;

    boolean may(Permission permission) {
        return switch (this) {
            case CUSTOMER -> permission == Permission.PLACE_ORDERS;
            case CLERK -> permission == Permission.HANDLE_ORDERS;
            case ACCOUNTANT -> permission == Permission.EXPORT_ORDERS;
            case ADMINISTRATOR -> permission == Permission.ADMINISTER;
            case DECOY -> false;
        };
    }
}
