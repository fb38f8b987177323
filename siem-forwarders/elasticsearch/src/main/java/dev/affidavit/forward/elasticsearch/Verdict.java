package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.bulk.FailureStoreStatus;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What became of one document.
 *
 * @param reason what the server said; empty if it is stored
 */
record Verdict(Kind kind, String reason) {
    /** Of status 400, and yet not about the document. */
    private static final Set<String> NOT_OF_THE_DOCUMENT = Set.of(
            "index_closed_exception",
            "invalid_index_name_exception",
            "routing_missing_exception",
            "validation_exception",
            "illegal_state_exception");
    /** How the server begins what it says under a type that it has for documents too, and yet means the index. */
    private static final List<String> SAID_OF_THE_INDEX =
            List.of("no write index is defined for alias", "pipeline with id");

    /** What follows from a verdict. */
    enum Kind {
        STORED,
        /** The document can never be stored. */
        REFUSED,
        /** The same, and the server has kept it in the failure store of the data stream. */
        SET_ASIDE,
        /** It can be stored later. */
        LATER,
        /** It can be stored when a person has done something. */
        MISCONFIGURED
    }

    static Verdict of(BulkResponseItem item) {
        int status = item.status();
        if (status < 300 && item.failureStore() != FailureStoreStatus.Used) {
            return new Verdict(Kind.STORED, "");
        }
        ErrorCause error = item.error();
        String type = error == null ? "" : Objects.requireNonNullElse(error.type(), "");
        String said = error == null ? "" : Objects.requireNonNullElse(error.reason(), "");
        String reason = "%s answers %d %s: %s".formatted(item.index(), status, type, said);
        if (status < 300) {
            return new Verdict(Kind.SET_ASIDE, item.index() + ": refused, and kept in the failure store");
        }
        return new Verdict(kind(status, type, said), reason);
    }

    private static Kind kind(int status, String type, String said) {
        return switch (status) {
            case 409 -> Kind.STORED; // it came before
            case 401, 404 -> Kind.MISCONFIGURED;
            case 403 -> type.equals("cluster_block_exception") ? Kind.LATER : Kind.MISCONFIGURED;
            case 408, 429 -> Kind.LATER;
            case 400 -> isOfTheDocument(type, said) ? Kind.REFUSED : Kind.MISCONFIGURED;
            default -> status >= 500 ? Kind.LATER : Kind.REFUSED;
        };
    }

    private static boolean isOfTheDocument(String type, String said) {
        return !NOT_OF_THE_DOCUMENT.contains(type)
                && !(type.equals("illegal_argument_exception")
                        && SAID_OF_THE_INDEX.stream().anyMatch(said::startsWith));
    }

    boolean isSettled() {
        return kind != Kind.LATER && kind != Kind.MISCONFIGURED;
    }

    boolean isRefused() {
        return kind == Kind.REFUSED || kind == Kind.SET_ASIDE;
    }
}
