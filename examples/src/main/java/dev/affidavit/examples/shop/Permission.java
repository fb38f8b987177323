package dev.affidavit.examples.shop;

/** What a role may allow. */
enum Permission {
    PLACE_ORDERS,
    HANDLE_ORDERS,
    EXPORT_ORDERS,
    ADMINISTER
}
