package io.tickettriage.desk.web;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tickettriage.desk.Person;
import java.util.Locale;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param name empty where nobody has said who they are, and nobody has to
 * @param session what tells two windows of one person apart
 */
record Visitor(Optional<String> name, Role role, String session) {
    /** What somebody may do. */
    enum Role {
        /** Look and decide. */
        REVIEWER,
        /** That, and train and publish a model. */
        OPERATOR;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The person, without a name where nobody has said it: for looking, that is enough. */
    Person person() {
        return new Person(name.orElse(""), session);
    }
}
