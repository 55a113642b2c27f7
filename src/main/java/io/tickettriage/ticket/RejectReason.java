package io.tickettriage.ticket;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Why a record is rejected; the names are part of the contract (header {@code triage-reject-reason}). */
public enum RejectReason {
    /** The value is null or has no bytes. */
    EMPTY_VALUE,
    INVALID_UTF8,
    /** UTF-16 or UTF-32. */
    UNSUPPORTED_ENCODING,
    /** A magic byte and a schema id stand before something that is not JSON. */
    SCHEMA_REGISTRY_FRAMED,
    INVALID_JSON,
    NOT_AN_OBJECT,
    /** None of the text fields holds anything but white space. */
    NO_TEXT,
    TOO_LARGE,
    /** Objects and arrays are nested deeper than {@link UntrustedJson#MAX_DEPTH}. */
    TOO_DEEP,
    /** A field the decoder reads has a type or size it must not have. */
    INVALID_FIELD,
    /** It has ended the role before, so it is passed by: its value is not read, and not in the dead letter. */
    QUARANTINED,
    UNKNOWN_HEAD,
    UNKNOWN_LABEL,
    /** No head is corrected. */
    NO_LABELS,
    /** Neither a ticket id nor a text. */
    NO_TICKET;

    /** The reasons for which a submission is rejected. */
    public static final Set<RejectReason> OF_SUBMISSIONS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(NO_TEXT)));
    /** The reasons for which a ticket is rejected, raw or scored. */
    public static final Set<RejectReason> OF_TICKETS =
            Collections.unmodifiableSet(EnumSet.range(EMPTY_VALUE, QUARANTINED));
}
