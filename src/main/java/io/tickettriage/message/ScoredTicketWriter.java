package io.tickettriage.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes {@link ScoredTicket}s as JSON: the ticket's own fields byte for byte, numbers with six decimals.
 *
 * <p>Holds a buffer: one instance per thread.
 */
public final class ScoredTicketWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final boolean withScores;
    private final ByteArrayBuilder buffer = new ByteArrayBuilder(4096);
    private final SixDecimals number = new SixDecimals();

    /** A writer that lists the score of every label, or only the chosen one's confidence. */
    public ScoredTicketWriter(boolean withScores) {
        this.withScores = withScores;
    }

    /** The JSON of a scored ticket, UTF-8. */
    public byte[] write(ScoredTicket scored) {
        buffer.reset();
        try (JsonGenerator json = JSON.createGenerator(buffer)) {
            json.writeStartObject();
            json.writeFieldName("ticket");
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
            writeExplanation(json, scored);
            if (scored.humanReadable().isPresent()) {
                writeHumanReadable(json, scored.humanReadable().get());
            }
            json.writeObjectFieldStart("model");
            json.writeStringField("version", scored.model().version());
            json.writeStringField("sha256", scored.model().sha256());
            json.writeEndObject();
            if (scored.debug().isPresent()) {
                writeDebug(json, scored.debug().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return buffer.toByteArray();
    }

    private void writeTicket(JsonGenerator json, Ticket ticket) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ticket.id());
        if (ticket.members().length > 0) {
            json.writeRaw(',');
            // The generator cannot copy bytes as they are: what it holds goes first.
            json.flush();
            buffer.write(ticket.members());
        }
        json.writeEndObject();
    }

    private void writeAnswer(JsonGenerator json, HeadPrediction answer) throws IOException {
        json.writeObjectFieldStart(answer.head().name());
        json.writeStringField("label", answer.label());
        json.writeFieldName("confidence");
        number.write(json, answer.confidence());
        if (withScores) {
            json.writeObjectFieldStart("scores");
            Head head = answer.head();
            for (int k = 0; k < answer.scores().length; k++) {
                json.writeFieldName(head.labels().get(k));
                number.write(json, answer.scores()[k]);
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
            json.writeFieldName("confidence");
            number.write(json, scored.confidence());
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
                json.writeFieldName("value");
                number.write(json, reason.value());
                json.writeFieldName("threshold");
                number.write(json, reason.threshold());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeExplanation(JsonGenerator json, ScoredTicket scored) throws IOException {
        if (scored.explanation().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("explanation");
        for (Explanation explanation : scored.explanation()) {
            json.writeArrayFieldStart(explanation.head());
            for (Explanation.Term term : explanation.terms()) {
                json.writeStartObject();
                json.writeStringField("term", term.term());
                json.writeFieldName("weight");
                number.write(json, term.weight());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeHumanReadable(JsonGenerator json, HumanReadable words) throws IOException {
        json.writeObjectFieldStart("human_readable");
        json.writeStringField("summary", words.summary());
        json.writeStringField("triage_note", words.triageNote());
        json.writeStringField("reply_draft", words.replyDraft());
        json.writeEndObject();
    }

    private static void writeDebug(JsonGenerator json, ForwardPass.TextView view) throws IOException {
        json.writeObjectFieldStart("debug");
        json.writeStringField("normalized_text", view.normalized());
        writeStrings(json, "tokens", view.tokens());
        json.writeObjectFieldStart("features");
        json.writeNumberField("known", view.known());
        json.writeNumberField("unknown", view.unknown());
        writeStrings(json, "keywords", view.keywords());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, String name, Iterable<String> strings) throws IOException {
        json.writeArrayFieldStart(name);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }
}
