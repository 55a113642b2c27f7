package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.FreePort;
import io.tickettriage.service.Role;
import io.tickettriage.testing.DeskClient;
import io.tickettriage.testing.LogCapture;
import io.tickettriage.testing.SecuredBroker;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.topics.AccessRule;
import io.tickettriage.topics.AccessRule.Party;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster with passwords, TLS and access control: with exactly the rules of {@code topics acls} everything works. */
class SecurityIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PREFIX = "secured.";

    @TempDir
    private static Path directory;

    private static final Map<Party, Role> ROLES =
            Map.of(Party.SCORING, Role.SCORING, Party.CORRECTIONS, Role.CORRECTIONS, Party.DESK, Role.DESK);
    private static final AtomicInteger STARTS = new AtomicInteger();
    private static SecuredBroker broker;
    private static TestCluster cluster;
    private static final Map<Party, List<String>> LOGINS = new EnumMap<>(Party.class);

    @BeforeAll
    static void createUsersTopicsAndRules() throws Exception {
        broker = SecuredBroker.start(directory);
        cluster = new TestCluster(broker.adminBootstrap(), PREFIX, directory, Map.of());
        for (Party party : Party.values()) {
            LOGINS.put(party, broker.newUser("triage-" + party.title()));
        }
        TestCluster.Result applied =
                cluster.triage("topics", "acls", "--apply", "--set", "triage.application.id=" + PREFIX + "app");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("scoring", "write", "transactional_id", PREFIX + "tickets.queue.billing");
    }

    @AfterAll
    static void close() {
        cluster.close();
        broker.close();
    }

    @Test
    void shouldDoEverythingWithExactlyTheRulesOfEachParty() throws Exception {
        start(Role.SCORING, Party.SCORING);
        start(Role.CORRECTIONS, Party.CORRECTIONS);
        int port = FreePort.find();
        start(Role.DESK, Party.DESK, "triage.http.port=" + port);
        try {
            Path tickets =
                    Files.writeString(directory.resolve("tickets.jsonl"), "{\"id\":\"T-0\",\"text\":\"refund\"}\n");
            TestCluster.Result produced = as(Party.PRODUCER, "produce", tickets.toString());
            assertThat(produced.code()).as(produced.err()).isZero();
            cluster.send(cluster.names().raw(), "T-1", "{\"id\":\"T-1\",\"text\":\"where is my refund\"}");
            cluster.send(cluster.names().raw(), "T-2", "no JSON");
            cluster.flush();
            await().atMost(PATIENCE)
                    .until(() -> cluster.records(cluster.names().dlq()).size() == 1);
            await().atMost(PATIENCE)
                    .until(() -> cluster.latest(cluster.names().scored()).containsKey("T-1"));

            TestCluster.Result submitted = as(
                    Party.CORRECTOR,
                    "corrections",
                    "submit",
                    "--ticket",
                    "T-1",
                    "--label",
                    "intent=praise",
                    "--by",
                    "ann");
            assertThat(submitted.code()).as(submitted.err()).isZero();
            await().atMost(PATIENCE)
                    .until(() -> cluster.latest(cluster.names().corrections()).containsKey("T-1"));

            DeskClient ann = new DeskClient(port, "ann", "window");
            sendReview("T-4");
            await().atMost(PATIENCE)
                    .until(() -> ann.post("/api/claims/T-4", Map.of()).status() == 200);
            assertThat(decide(ann, "T-4").status()).isEqualTo(201);
        } finally {
            cluster.stop();
            cluster.stop();
            cluster.stop();
        }
    }

    @Test
    void shouldRefuseAPartyWhatIsAnothersByName() throws Exception {
        TestCluster.Result refused = as(
                Party.PRODUCER, "corrections", "submit", "--ticket", "T-1", "--label", "intent=praise", "--by", "eve");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains(cluster.names().correctionsSubmitted());
    }

    /**
     * Of the queues one stands for all. Two rules fail otherwise: internal topics are created once, by a first start; and where
     * the read part of the repartition topic cannot be deleted, Kafka Streams warns and works on.
     */
    static Stream<AccessRule> rules() {
        List<AccessRule> all = AccessRule.all(cluster.names(), new TreeSet<>(Set.of("billing")), PREFIX + "app");
        return all.stream()
                .filter(rule -> ROLES.containsKey(rule.party()))
                .filter(rule -> rule.operation() != AclOperation.CREATE && rule.operation() != AclOperation.DELETE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFailByNameWithOneRuleFewer(AccessRule rule) throws Exception {
        AclBinding binding = rule.binding("User:triage-" + rule.party().title());
        Role role = ROLES.getOrDefault(rule.party(), Role.SCORING);
        try (Admin admin = broker.newAdmin();
                LogCapture log = LogCapture.ofEverything()) {
            admin.deleteAcls(List.of(binding.toFilter())).all().get();
            try {
                if (role == Role.DESK) {
                    requireFailureOfDesk(rule.name(), log);
                } else {
                    assertThat(failureOf(role, rule.party(), log)).contains(rule.name());
                }
            } finally {
                admin.createAcls(List.of(binding)).all().get();
            }
        }
    }

    /** What it says when it cannot start, or cannot work. */
    private static String failureOf(Role role, Party party, LogCapture log) throws Exception {
        try {
            start(role, party);
        } catch (IOException e) {
            cluster.stop();
            return String.valueOf(e.getMessage());
        }
        try {
            // Again and again: the broker may take a moment to know that a rule is gone.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                cluster.send(cluster.names().raw(), "T-3", "{\"text\":\"refund\"}");
                cluster.send(cluster.names().correctionsSubmitted(), "T-3", "{\"text\":\"pay\",\"intent\":\"refund\"}");
                cluster.flush();
                return log.messagesWithCauses().stream().anyMatch(message -> message.contains("role failed"));
            });
            return String.join("\n", log.messagesWithCauses());
        } finally {
            cluster.stop();
        }
    }

    /** The desk goes on with what it has; what it cannot do it says to whoever asks, and in the log. */
    private static void requireFailureOfDesk(String name, LogCapture log) throws Exception {
        int port = FreePort.find();
        try {
            start(Role.DESK, Party.DESK, "triage.http.port=" + port);
        } catch (IOException e) {
            cluster.stop();
            assertThat(e.getMessage()).contains(name);
            return;
        }
        try {
            // Another one for each rule: one that has been decided needs no rule any more.
            String ticket = "T-" + name.hashCode();
            sendReview(ticket);
            DeskClient ann = new DeskClient(port, "ann", "window");
            await().atMost(PATIENCE).until(() -> {
                String said = ann.post("/api/claims/" + ticket, Map.of()).body()
                        + decide(ann, ticket).body()
                        + ann.get("/ready").body()
                        + String.join("\n", log.messagesWithCauses());
                return said.contains(name + "]") || said.contains(name + " has not") || said.contains(name + ":");
            });
        } finally {
            cluster.stop();
        }
    }

    private static void sendReview(String id) {
        cluster.send(cluster.names().queue("review"), id, "{\"ticket\":{\"id\":\"" + id + "\",\"text\":\"odd\"}}");
        cluster.flush();
    }

    private static DeskClient.Answer decide(DeskClient person, String id) throws Exception {
        return person.post("/api/corrections", Map.of("ticket_id", id, "labels", Map.of("department", "sales")));
    }

    private static void start(Role role, Party party, String... more) throws IOException {
        List<String> settings = new ArrayList<>(LOGINS.getOrDefault(party, List.of()));
        settings.add("triage.bootstrap.servers=" + broker.bootstrap());
        // A role that has just failed may hold its directory a little longer.
        settings.add("triage.state.dir=" + directory.resolve("state-" + STARTS.incrementAndGet()));
        settings.addAll(List.of(more));
        cluster.start(Set.of(role), settings.toArray(String[]::new));
    }

    private static TestCluster.Result as(Party party, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        LOGINS.getOrDefault(party, List.of()).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of("--bootstrap", broker.bootstrap(), "--prefix", PREFIX));
        return TestCluster.execute(arguments.toArray(String[]::new));
    }
}
