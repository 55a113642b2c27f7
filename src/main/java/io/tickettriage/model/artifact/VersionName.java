package io.tickettriage.model.artifact;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a model may be called: its name is a record key, a record header, a meter's tag and a word in the log. */
public final class VersionName {
    /** The keys of {@code tickets.models} that name a model instead of holding one: the model that scores. */
    public static final String ACTIVE = "active";
    /** The model that scores beside it. */
    public static final String SHADOW = "shadow";

    private static final Set<String> RESERVED = Set.of(ACTIVE, SHADOW);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private VersionName() {}

    /** Why a model may not be called so; empty if it may. */
    public static Optional<String> problem(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("version \"" + name + "\" must match " + NAME);
        }
        return RESERVED.contains(name)
                ? Optional.of("version \"" + name + "\" is the name of a pointer; choose another")
                : Optional.empty();
    }
}
