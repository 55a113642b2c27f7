package io.tickettriage.desk.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.desk.web.Visitor.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tokens and their holders, read once from a file: lines of name, role and token, separated by blanks; # begins a comment. */
record TokenFile(List<Holder> holders) {
    private static final int MIN_TOKEN_CHARACTERS = 16;

    /** Who holds a token, of which only a hash is kept. */
    record Holder(String name, Role role, byte[] tokenSha256) {}

    /** Reads a file; the error lists everything that is wrong with it, and never a token. */
    static TokenFile read(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        List<Holder> holders = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", -1);
                Optional<Role> role = parts.length == 3 ? role(parts[1]) : Optional.empty();
                if (role.isEmpty()) {
                    problems.add(file + ":" + (i + 1) + ": expected name, reviewer or operator, and token");
                } else if (parts[2].length() < MIN_TOKEN_CHARACTERS) {
                    problems.add(file + ":" + (i + 1) + ": the token has fewer than " + MIN_TOKEN_CHARACTERS
                            + " characters");
                } else if (holds(holders, sha256(parts[2]))) {
                    problems.add(file + ":" + (i + 1) + ": the token is there already; each belongs to one person");
                } else {
                    holders.add(new Holder(parts[0], role.get(), sha256(parts[2])));
                }
            }
        }
        if (holders.isEmpty() && problems.isEmpty()) {
            problems.add(file + ": has no token, so nobody could use the desk");
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), problems));
        }
        return new TokenFile(List.copyOf(holders));
    }

    private static boolean holds(List<Holder> holders, byte[] tokenSha256) {
        return holders.stream().anyMatch(holder -> Arrays.equals(holder.tokenSha256(), tokenSha256));
    }

    private static Optional<Role> role(String title) {
        return Arrays.stream(Role.values())
                .filter(role -> role.title().equals(title))
                .findFirst();
    }

    /** The holder of a token. All are compared, each in the same time, so that time tells nothing. */
    Optional<Holder> find(String token) {
        byte[] given = sha256(token);
        Optional<Holder> found = Optional.empty();
        for (Holder holder : holders) {
            if (MessageDigest.isEqual(holder.tokenSha256(), given)) {
                found = Optional.of(holder);
            }
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
