package io.tickettriage.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.tickettriage.format.Json;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes {@link ScoredTicket}s as JSON: the ticket's own fields byte for byte, numbers with six decimals. One per
 * thread.
 */
public final class ScoredTicketWriter {
    /** Writes by hand what every ticket has; the rest, through the mapper, with the same escapes. */
    private static final JsonFactory JSON = new JsonFactory(Json.MAPPER);

    private final boolean withScores;
    private final ByteArrayBuilder buffer = new ByteArrayBuilder(4096);
    private final SixDecimals number = new SixDecimals();

    /** A writer that lists the score of every label, or only the chosen one's confidence. */
    public ScoredTicketWriter(boolean withScores) {
        this.withScores = withScores;
    }

    public byte[] write(ScoredTicket scored) {
        buffer.reset();
        try (JsonGenerator json = JSON.createGenerator(buffer)) {
            json.writeStartObject();
            writeTicket(json, scored.ticket());
            json.writeObjectFieldStart("prediction");
            for (HeadPrediction answer : scored.prediction().heads()) {
                writeAnswer(json, answer);
            }
            json.writeEndObject();
            for (HeadPrediction answer : scored.prediction().heads()) {
                writeTop(json, answer);
            }
            writeRouting(json, scored.routing());
            json.writeObjectFieldStart("text");
            json.writeNumberField("tokens", scored.prediction().words());
            json.writeNumberField("unknown", scored.prediction().unknownWords());
            json.writeEndObject();
            if (!scored.explanation().isEmpty()) {
                writeExplanation(json, scored);
            }
            if (scored.humanReadable().isPresent()) {
                json.writePOJOField("human_readable", scored.humanReadable().get());
            }
            json.writeObjectFieldStart("model");
            json.writeStringField("version", scored.model().version());
            json.writeStringField("sha256", scored.model().sha256());
            json.writeEndObject();
            if (scored.debug().isPresent()) {
                json.writePOJOField("debug", scored.debug().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return buffer.toByteArray();
    }

    private void writeTicket(JsonGenerator json, Ticket ticket) throws IOException {
        json.writeObjectFieldStart("ticket");
        json.writeStringField("id", ticket.id());
        if (ticket.passThroughFields().length > 0) {
            json.writeRaw(',');
            // The generator cannot copy bytes as they are: what it holds goes first.
            json.flush();
            buffer.write(ticket.passThroughFields());
        }
        json.writeEndObject();
    }

    private void writeAnswer(JsonGenerator json, HeadPrediction answer) throws IOException {
        Head head = answer.head();
        json.writeObjectFieldStart(head.name());
        json.writeStringField("label", answer.label());
        number.write(json, "confidence", answer.confidence());
        if (withScores) {
            json.writeObjectFieldStart("scores");
            for (int k = 0; k < answer.scores().length; k++) {
                number.write(json, head.labels().get(k), answer.scores()[k]);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeTop(JsonGenerator json, HeadPrediction answer) throws IOException {
        int k = answer.head().roles().topK();
        if (k == 0) {
            return;
        }
        json.writeArrayFieldStart(answer.head().name() + "_top_k");
        for (HeadPrediction.ScoredLabel scored : answer.top(k)) {
            json.writeStartObject();
            json.writeStringField("label", scored.label());
            number.write(json, "confidence", scored.confidence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRouting(JsonGenerator json, Routing routing) throws IOException {
        json.writeObjectFieldStart("routing");
        json.writeStringField("queue", routing.queue());
        json.writeBooleanField("requires_review", routing.requiresReview());
        json.writeStringField("rule", routing.rule().orElse(null));
        json.writeArrayFieldStart("reasons");
        for (ReviewReason reason : routing.reasons()) {
            json.writeStartObject();
            json.writeStringField("reason", reason.reason().name());
            if (reason.reason() != ReviewReason.Kind.RULE) {
                json.writeStringField("head", reason.head().orElse(null));
                number.write(json, "value", reason.value());
                number.write(json, "threshold", reason.threshold());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeExplanation(JsonGenerator json, ScoredTicket scored) throws IOException {
        json.writeObjectFieldStart("explanation");
        for (Explanation explanation : scored.explanation()) {
            json.writeArrayFieldStart(explanation.head());
            for (Explanation.Term term : explanation.terms()) {
                json.writeStartObject();
                json.writeStringField("term", term.term());
                number.write(json, "weight", term.weight());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
