package io.tickettriage.ticket;

/** Why a record cannot be read as a ticket; the names are part of the contract (header {@code triage-reject-reason}). */
public enum RejectReason {
    /** The value is null or has no bytes. */
    EMPTY_VALUE,
    INVALID_UTF8,
    INVALID_JSON,
    NOT_AN_OBJECT,
    /** None of the text fields holds anything but white space. */
    NO_TEXT,
    TOO_LARGE,
    /** Objects and arrays are nested deeper than {@link TicketDecoder#MAX_DEPTH}. */
    TOO_DEEP,
    /** A field the decoder reads has a type or size it must not have. */
    INVALID_FIELD
}
