package io.tickettriage.testing;

import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that asks for a password, over TLS, and allows nobody anything; and beside it a listener without either, for the
 * administrator of the test.
 */
public final class SecuredBroker implements AutoCloseable {
    private static final String PASSWORD = "secret-of-a-test";

    private final EmbeddedBroker broker;
    private final Path trustStore;
    private final int adminPort;

    private SecuredBroker(EmbeddedBroker broker, Path trustStore, int adminPort) {
        this.broker = broker;
        this.trustStore = trustStore;
        this.adminPort = adminPort;
    }

    /** Starts it; certificate and data go to {@code directory}. */
    public static SecuredBroker start(Path directory) throws IOException, InterruptedException {
        Path keyStore = directory.resolve("broker.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        int exit = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
        int port = FreePort.find();
        int adminPort = FreePort.find();
        int controllerPort = FreePort.find();
        EmbeddedBroker broker = EmbeddedBroker.start(
                directory.resolve("kafka"),
                port,
                Map.ofEntries(
                        Map.entry(
                                "listeners",
                                "CLIENTS://127.0.0.1:%d,ADMIN://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(port, adminPort, controllerPort)),
                        Map.entry(
                                "advertised.listeners",
                                "CLIENTS://127.0.0.1:%d,ADMIN://127.0.0.1:%d".formatted(port, adminPort)),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                        Map.entry(
                                "listener.security.protocol.map",
                                "CLIENTS:SASL_SSL,ADMIN:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("inter.broker.listener.name", "ADMIN"),
                        Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-256"),
                        Map.entry(
                                "listener.name.clients.scram-sha-256.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                        Map.entry("ssl.keystore.location", keyStore.toString()),
                        Map.entry("ssl.keystore.password", PASSWORD),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                        Map.entry("super.users", "User:ANONYMOUS")));
        return new SecuredBroker(broker, keyStore, adminPort);
    }

    /** What clients with a password connect to. */
    public String bootstrap() {
        return broker.bootstrap();
    }

    /** What the administrator connects to. */
    public String adminBootstrap() {
        return "127.0.0.1:" + adminPort;
    }

    /** A client of the administrator. */
    public Admin newAdmin() {
        return Admin.create(Map.of("bootstrap.servers", adminBootstrap()));
    }

    /** Creates a user, and gives the settings of the program for it, as {@code name=value}. */
    public List<String> newUser(String name) throws ExecutionException, InterruptedException {
        try (Admin admin = newAdmin()) {
            var scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, scram, PASSWORD)))
                    .all()
                    .get();
        }
        return List.of(
                "kafka.security.protocol=SASL_SSL",
                "kafka.sasl.mechanism=SCRAM-SHA-256",
                "kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + name + "\" password=\"" + PASSWORD + "\";",
                "kafka.ssl.truststore.location=" + trustStore,
                "kafka.ssl.truststore.password=" + PASSWORD,
                "kafka.ssl.truststore.type=PKCS12");
    }

    @Override
    public void close() {
        broker.close();
    }
}
