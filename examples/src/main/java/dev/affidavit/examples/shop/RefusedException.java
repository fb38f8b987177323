package dev.affidavit.examples.shop;

import java.io.Serial;

/** A request that goes no further. What there is to record about it was recorded before this is thrown. */
final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    RefusedException(int status, String reason) {
        this(Response.of(status, reason));
    }

    RefusedException(Response response) {
        super(response.body(), null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
