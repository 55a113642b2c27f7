package io.tickettriage.service;

import java.util.Locale;

/** The roles a process can run, each a topology of its own. */
public enum Role {
    /** Decode, score, route. */
    SCORING {
        @Override
        RoleDefinition definition() {
            return new ScoringRole();
        }
    },
    /** Validate submissions, join them with scored tickets. */
    CORRECTIONS {
        @Override
        RoleDefinition definition() {
            return new CorrectionsRole();
        }
    };

    abstract RoleDefinition definition();

    /** Its name on the command line and in the application id. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
