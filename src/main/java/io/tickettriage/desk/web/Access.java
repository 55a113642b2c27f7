package io.tickettriage.desk.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.DeskConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.desk.web.Visitor.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people say who they are. On loopback by a name they type; beyond it by a token, or by what an authenticating proxy says
 * of them. Without one of these a server beyond loopback has no desk. There are no cookies: a request that another site makes
 * a browser send carries none of this.
 */
public sealed interface Access {
    String NAME = "X-Triage-Name";
    String SESSION = "X-Triage-Session";
    String PROXY_SECRET = "X-Triage-Proxy-Secret";
    int MAX_NAME_BYTES = 200;
    int MAX_SESSION_CHARACTERS = 100;

    /** Who sends a request; answers 401 where that must be known and is not. */
    Visitor visitor(Context request);

    /** What the page asks people for. */
    @JsonValue
    String title();

    /** The access that is configured; the error says what to do where the server would be open to anybody. */
    static Access of(DeskConfig config, HttpConfig http) throws IOException {
        if (!config.proxyHeader().isEmpty()) {
            if (config.proxySecret().isEmpty()) {
                throw new IOException(DeskConfig.PROXY_HEADER + " is set and " + DeskConfig.PROXY_SECRET
                        + " is not: anybody could claim to be anybody; set both");
            }
            return new Proxy(config.proxyHeader(), config.proxySecret());
        } else if (!config.tokensFile().isEmpty()) {
            return new Tokens(TokenFile.read(ConfigFiles.home().resolve(config.tokensFile())));
        } else if (isLoopback(http.host())) {
            return new Names();
        }
        throw new IOException("the desk shows tickets to everybody who can reach " + http.host() + ": set "
                + DeskConfig.TOKENS_FILE + ", or " + DeskConfig.PROXY_HEADER + " and " + DeskConfig.PROXY_SECRET
                + ", or run without the role desk (--roles scoring,corrections); docs/desk.md says how");
    }

    private static boolean isLoopback(String host) throws IOException {
        return InetAddress.getByName(host).isLoopbackAddress();
    }

    private static String session(Context request) {
        String session = Objects.requireNonNullElse(request.header(SESSION), "");
        return session.substring(0, Math.min(session.length(), MAX_SESSION_CHARACTERS));
    }

    /** Whoever can reach this machine's loopback says a name, which nobody checks. */
    record Names() implements Access {
        @Override
        public Visitor visitor(Context request) {
            return new Visitor(name(request.header(NAME)), Role.OPERATOR, session(request));
        }

        @Override
        public String title() {
            return "name";
        }
    }

    /** A bearer token from a file. */
    record Tokens(TokenFile file) implements Access {
        private static final String BEARER = "bearer ";

        @Override
        public Visitor visitor(Context request) {
            String header = Objects.requireNonNullElse(request.header("Authorization"), "");
            boolean isBearer = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
            return file.find(isBearer ? header.substring(BEARER.length()).strip() : "")
                    .map(holder -> new Visitor(Optional.of(holder.name()), holder.role(), session(request)))
                    .orElseThrow(() -> new UnauthorizedResponse("This needs a token: Authorization: Bearer <token>"));
        }

        @Override
        public String title() {
            return "token";
        }
    }

    /** A proxy in front has checked who it is, says so in a header, and shows that it is the proxy. */
    record Proxy(String header, String secret) implements Access {
        @Override
        public Visitor visitor(Context request) {
            byte[] given =
                    Objects.requireNonNullElse(request.header(PROXY_SECRET), "").getBytes(UTF_8);
            Optional<String> name = name(single(request, header));
            if (!MessageDigest.isEqual(given, secret.getBytes(UTF_8)) || name.isEmpty()) {
                throw new UnauthorizedResponse("This is reached through the authenticating proxy only");
            }
            return new Visitor(name, Role.OPERATOR, session(request));
        }

        @Override
        public String title() {
            return "proxy";
        }
    }

    /** Others change how a name looks, so that it reads as somebody else's. */
    private static boolean isVisible(int codePoint) {
        int type = Character.getType(codePoint);
        boolean joins = codePoint == 0x200C || codePoint == 0x200D; // As names in many scripts need.
        return joins
                || !Set.of(
                                (int) Character.CONTROL,
                                (int) Character.FORMAT,
                                (int) Character.LINE_SEPARATOR,
                                (int) Character.PARAGRAPH_SEPARATOR,
                                (int) Character.SURROGATE)
                        .contains(type);
    }

    /** The only value of a header: of two, one would be the client's own beside the proxy's. */
    private static @Nullable String single(Context request, String header) {
        List<String> values = Collections.list(request.req().getHeaders(header));
        return values.size() == 1 ? values.get(0) : null;
    }

    /** The name in a header, where non-ASCII characters are percent-encoded. */
    private static Optional<String> name(@Nullable String header) {
        try {
            return Optional.ofNullable(header)
                    .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8)
                            .strip())
                    .filter(name -> !name.isEmpty() && name.getBytes(UTF_8).length <= MAX_NAME_BYTES)
                    .filter(name -> name.codePoints().allMatch(Access::isVisible));
        } catch (IllegalArgumentException e) { // It is not well-formed.
            return Optional.empty();
        }
    }
}
