package io.tickettriage.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.scoring.OutputOptions;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.scoring.Templates;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.testing.TestModels;
import io.tickettriage.testing.TestRules;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas and the AsyncAPI document say what the contract says, what the code does, and what the catalogue holds. */
class TopicContractTest {
    private static final String CLAIM =
            "{\"by\": \"agent-7\", \"session\": \"s1\", \"until\": \"2026-11-20T10:02:00Z\", \"claim\": \"c-1\"}";
    private static final Path TOPICS = Path.of("topics");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    // The examples of the contract.
    private static final String SCORED = """
            {"ticket": {"id": "T-1", "subject": "…", "body": "…", "anything": "else"},
             "prediction": {
               "department":  {"label": "billing",  "confidence": 0.41, "scores": {"billing": 0.41, "logistics": 0.38}},
               "sentiment":   {"label": "negative", "confidence": 0.91, "scores": {}},
               "churn_risk":  {"label": "high",     "confidence": 0.83, "scores": {}},
               "intent":      {"label": "refund",   "confidence": 0.94, "scores": {}}},
             "intent_top_k": [{"label": "refund", "confidence": 0.94}, {"label": "billing_issue", "confidence": 0.03}],
             "routing": {"queue": "review", "requires_review": true, "rule": null,
               "reasons": [{"reason": "LOW_CONFIDENCE", "head": "department", "value": 0.41, "threshold": 0.55}]},
             "text": {"tokens": 18, "unknown": 2},
             "explanation": {"department": [{"term": "refund", "weight": 0.61}]},
             "human_readable": {"summary": "…", "triage_note": "…", "reply_draft": "…"},
             "model": {"version": "…", "sha256": "…"}}
            """;
    private static final String SUBMISSION = """
            {"ticket_id": "T-1", "labels": {"department": "logistics", "intent": "delivery_issue"},
             "submitted_by": "agent-7", "submitted_at": "2026-11-20T10:00:00Z", "note": "parcel, not payment"}
            """;
    private static final String EXAMPLE = """
            {"id": "T-1", "text": "…", "department": "logistics", "intent": "delivery_issue",
             "corrected": {"department": {"by": "agent-7", "at": "…"}, "intent": {"by": "agent-7", "at": "…"}},
             "predicted": {"department": "billing", "intent": "refund"}, "metadata": {"product": "…"},
             "model_version": "…"}
            """;

    static List<Path> schemas() throws IOException {
        try (Stream<Path> files = Files.list(TOPICS.resolve("schemas"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeAValidSchemaOfTheLatestDraft(Path file) throws Exception {
        String schema = Files.readString(file);
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(metaSchema.validate(schema, InputFormat.JSON)).isEmpty();
        String name = file.getFileName().toString().replace(".schema.json", "");
        assertThat(JSON.readTree(schema).path("$id").asText()).isEqualTo("urn:ticket-triage:schema:" + name);
        assertThat(JSON.readTree(schema).path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void shouldAcceptTheContractsExamples() throws Exception {
        assertThat(problems("scored-ticket", SCORED)).isEmpty();
        assertThat(problems("claim", CLAIM)).isEmpty();
        assertThat(problems(
                        "correction-submission", "{\"ticket_id\": \"T-1\", \"proposed\": {\"intent\": \"warranty\"}}"))
                .isEmpty();
        assertThat(problems("correction-submission", SUBMISSION)).isEmpty();
        assertThat(problems("correction-submission", "{\"text\": \"…\", \"intent\": \"refund\"}"))
                .isEmpty();
        assertThat(problems("correction-submission", "{\"ticket_id\": \"T-1\", \"labels\": null}"))
                .isEmpty();
        assertThat(problems("labelled-example", EXAMPLE)).isEmpty();
        assertThat(problems("labelled-example", "{\"text\": \"…\", \"intent\": \"refund\", \"urgency\": null}"))
                .isEmpty();
        assertThat(problems("model-pointer", "\"3f9a1c20b7de\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scored-ticket|\"id\": \"T-1\"|\"id\": 1",
                "scored-ticket|\"confidence\": 0.91|\"confidence\": 1.91",
                "scored-ticket|\"label\": \"negative\"|\"label\": \"Very negative\"",
                "scored-ticket|\"rule\": null,|",
                "scored-ticket|\"requires_review\": true|\"requires_review\": false",
                "scored-ticket|LOW_CONFIDENCE|TIRED",
                "scored-ticket|\"tokens\": 18|\"tokens\": -1",
                "scored-ticket|\"weight\": 0.61|\"weight\": \"much\"",
                "scored-ticket|\"summary\": \"…\", |",
                "scored-ticket|\"version\": \"…\", |",
                "correction-submission|\"department\": \"logistics\"|\"department\": 3",
                "correction-submission|\"labels\"|\"label\"",
                "correction-submission|\"ticket_id\": \"T-1\"|\"ticket_id\": {}",
                "labelled-example|\"text\": \"…\", |",
                "labelled-example|\"text\": \"…\"|\"text\": \" \"",
                "labelled-example|\"department\": \"logistics\"|\"department\": 3",
                "labelled-example|\"by\": \"agent-7\", |",
            })
    void shouldRefuseABrokenMessage(String change) throws Exception {
        String[] parts = change.split("\\|", -1);
        String good =
                switch (parts[0]) {
                    case "scored-ticket" -> SCORED;
                    case "correction-submission" -> SUBMISSION;
                    default -> EXAMPLE;
                };
        assertThat(good).contains(parts[1]);
        assertThat(problems(parts[0], good.replace(parts[1], parts[2]))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"help\"}",
                "{\"id\": 7, \"subject\": \"help\", \"body\": null}",
                "{\"id\": null, \"description\": \"help\", \"metadata\": {\"plan\": \"pro\"}, \"custom\": [1]}",
                "{\"message\": \"help\", \"subject\": \" \"}",
                "{}",
                "{\"text\": \" \\t\"}",
                "{\"text\": 7}",
                "{\"subject\": \"help\", \"body\": {}}",
                "{\"id\": true, \"text\": \"help\"}",
                "{\"text\": \"help\", \"metadata\": \"pro\"}",
                "[\"help\"]",
                "\"help\"",
            })
    void shouldAcceptTheTicketsTheDecoderAccepts(String ticket) throws Exception {
        boolean decoded = new TicketDecoder(1 << 20).decode(RawTicket.ofJson(ticket.getBytes(UTF_8), "test", 1))
                instanceof Ticket;
        assertThat(problems("ticket", ticket).isEmpty()).isEqualTo(decoded);
    }

    @ParameterizedTest
    @EnumSource(OutputOptions.For.class)
    void shouldDescribeWhatScoringWrites(OutputOptions.For optional) throws Exception {
        TicketScorer scorer = new TicketScorer(
                new ActiveModel(TestModels.artifact("m1", 6).model()),
                new TicketDecoder(1 << 20),
                TestRules.none(),
                Templates.parse(Files.readString(Path.of("config/templates.yaml")), "templates.yaml"),
                new OutputOptions(true, optional, optional, optional == OutputOptions.For.ALL));
        TreeSet<String> queues = new TreeSet<>();
        for (String text : List.of("refund please", "crash", "words nobody knows here at all")) {
            byte[] ticket = JSON.writeValueAsBytes(Map.of("id", 7, "text", text));
            ScoringOutcome outcome = scorer.score(RawTicket.ofJson(ticket, "test", 1));
            assertThat(outcome).isInstanceOfSatisfying(ScoringOutcome.Scored.class, scored -> {
                assertThat(problems("scored-ticket", new String(scored.json(), UTF_8)))
                        .isEmpty();
                queues.add(tree(scored.json()).at("/routing/queue").asText());
            });
        }
        assertThat(queues).contains("billing", "review", "technical");
    }

    @Test
    void shouldDescribeWhatCorrectionsWrite() {
        CorrectionSubmission submission = new CorrectionSubmission(
                "T-1", Optional.empty(), Optional.of(Map.of("intent", "refund")), "agent-7", Instant.EPOCH);
        assertThat(problems("correction-submission", Json.text(submission))).isEmpty();
        CorrectionSubmission retraction =
                new CorrectionSubmission("T-1", Optional.empty(), Optional.empty(), "agent-7", Instant.EPOCH);
        assertThat(problems("correction-submission", Json.text(retraction))).isEmpty();
        LabelledExample example = new LabelledExample(
                "T-1",
                "help",
                Map.of("intent", "refund"),
                Map.of("intent", new LabelledExample.Provenance("agent-7", "2026-11-20T10:00:00Z")),
                Map.of("intent", "praise"),
                Map.of("plan", "pro"),
                "m1");
        assertThat(problems("labelled-example", Json.text(example))).isEmpty();
    }

    @Test
    void shouldHaveAChannelForEveryTopicAndATopicForEveryChannel() throws Exception {
        List<String> topics = TopicCatalogue.read(TOPICS).topics(TopicNames.PLAIN).stream()
                .map(TopicSpec::name)
                .toList();
        JsonNode channels = asyncApi().path("channels");
        assertThat(channels.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(channels.properties()).allSatisfy(channel -> {
            assertThat(channel.getValue().path("address").asText()).isEqualTo(channel.getKey());
            assertThat(channel.getValue().path("messages").properties()).isNotEmpty();
        });
    }

    @Test
    void shouldResolveEveryReference() throws Exception {
        List<String> references = new ArrayList<>();
        collectReferences(asyncApi(), references);
        assertThat(references).hasSizeGreaterThan(30);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(asyncApi().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(TOPICS.resolve(reference)).isRegularFile();
            }
        }
        for (Path schema : schemas()) {
            assertThat(references).contains("./schemas/" + schema.getFileName());
        }
    }

    @Test
    void shouldUseEveryMessageAndNameEveryOperationsChannel() throws Exception {
        JsonNode document = asyncApi();
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.at("/info/title").isTextual()
                        && document.at("/info/version").isTextual())
                .isTrue();
        List<String> used = new ArrayList<>();
        collectReferences(document.path("channels"), used);
        document.at("/components/messages").properties().forEach(message -> assertThat(used)
                .contains("#/components/messages/" + message.getKey()));
        List<String> operated = new ArrayList<>();
        collectReferences(document.path("operations"), operated);
        document.path("channels").properties().forEach(channel -> assertThat(operated)
                .contains("#/channels/" + channel.getKey()));
        assertThat(document.path("operations").properties())
                .extracting(operation -> operation.getValue().path("action").asText())
                .containsOnly("send", "receive");
    }

    @Test
    void shouldListEveryReasonOfRejection() throws Exception {
        TreeSet<String> reasons = new TreeSet<>();
        EnumSet.allOf(RejectReason.class).forEach(reason -> reasons.add(reason.name()));
        JsonNode listed = asyncApi().at("/components/schemas/rejectHeaders/properties/triage-reject-reason/enum");
        assertThat(listed).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(reasons);
    }

    private static List<Error> problems(String schema, String json) {
        try {
            return REGISTRY.getSchema(Files.readString(TOPICS.resolve("schemas/" + schema + ".schema.json")))
                    .validate(json, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode asyncApi() throws IOException {
        return new YAMLMapper().readTree(Files.readString(TOPICS.resolve("asyncapi.yaml")));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void collectReferences(JsonNode node, Collection<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collectReferences(child, references));
    }
}
