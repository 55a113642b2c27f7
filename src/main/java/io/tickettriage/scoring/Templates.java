package io.tickettriage.scoring;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.tickettriage.format.Yaml;
import io.tickettriage.message.HumanReadable;
import io.tickettriage.message.Routing;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts for people: Mustache templates from {@code config/templates.yaml}. The same ticket and model give the same
 * words. Templates see {@code id}, {@code subject} (the first line, shortened), {@code queue}, {@code review}, {@code
 * rule}, {@code reasons} (a list of {@code text}), {@code terms} (the words that decided the reply's head) and, for
 * each head by its name, {@code label}, {@code words} (the label with spaces), {@code percent}, and {@code is.<label>}.
 */
public final class Templates {
    private static final int SUBJECT_LENGTH = 80;
    private static final Mustache.Compiler MUSTACHE =
            Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).defaultValue("");

    private final Template summary;
    private final Template triageNote;
    private final String replyHead;
    private final Map<String, Template> replies = new HashMap<>();
    private final Template otherReply;
    private final Map<String, Template> reasons = new HashMap<>();
    private final Template unnamedReason = MUSTACHE.compile("{{name}}");

    private record File(
            String summary,
            String triageNote,
            Map<String, String> reasons,
            String replyHead,
            Map<String, String> replies,
            String otherReply) {}

    private Templates(File file) {
        this.summary = MUSTACHE.compile(file.summary());
        this.triageNote = MUSTACHE.compile(file.triageNote());
        file.reasons().forEach((reason, template) -> reasons.put(reason, MUSTACHE.compile(template)));
        this.replyHead = file.replyHead();
        file.replies().forEach((label, template) -> replies.put(label, MUSTACHE.compile(template)));
        this.otherReply = MUSTACHE.compile(file.otherReply());
    }

    /** Reads templates from YAML that came from {@code source}; the error of a bad file names the line. */
    public static Templates parse(String yaml, String source) throws IOException {
        try {
            return new Templates(Yaml.read(yaml, source, File.class));
        } catch (MustacheException | NullPointerException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    HumanReadable describe(Ticket ticket, Prediction prediction, Routing routing, List<Explanation> explanation) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", ticket.id());
        view.put("subject", subject(ticket.text()));
        view.put("queue", routing.queue());
        view.put("review", routing.requiresReview());
        String rule = routing.rule().orElse("");
        view.put("rule", rule);
        Template reply = otherReply;
        for (HeadPrediction answer : prediction.heads()) {
            String name = answer.head().name();
            String label = answer.label();
            String percent = percent(answer.confidence());
            view.put(
                    name, Map.of("label", label, "words", words(label), "percent", percent, "is", Map.of(label, true)));
            if (name.equals(replyHead)) {
                reply = replies.getOrDefault(label, otherReply);
            }
        }
        var reasonViews = routing.reasons().stream().map(reason -> reasonView(reason, rule));
        view.put("reasons", reasonViews.toList());
        var terms = explanation.stream().filter(e -> e.head().equals(replyHead)).flatMap(e -> e.terms().stream());
        view.put("terms", terms.map(Explanation.Term::term).toList());
        return new HumanReadable(
                summary.execute(view).strip(),
                triageNote.execute(view).strip(),
                reply.execute(view).strip());
    }

    private Map<String, Object> reasonView(ReviewReason reason, String rule) {
        String name = reason.reason().name();
        Map<String, Object> view = Map.of(
                "name", name,
                "head", reason.head().map(Templates::words).orElse(""),
                "value", percent(reason.value()),
                "threshold", percent(reason.threshold()),
                "rule", rule);
        return Map.of("text", reasons.getOrDefault(name, unnamedReason).execute(view));
    }

    private static String percent(float share) {
        return Integer.toString(Math.round(100 * share));
    }

    private static String words(String label) {
        return label.replace('_', ' ');
    }

    private static String subject(String text) {
        String line = text.strip().lines().findFirst().orElse("").strip();
        int[] codePoints = line.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .limit(SUBJECT_LENGTH + 1L)
                .toArray();
        String cut = new String(codePoints, 0, Math.min(codePoints.length, SUBJECT_LENGTH));
        return codePoints.length > SUBJECT_LENGTH ? cut.strip() + "…" : cut;
    }
}
