package io.tickettriage.registry;

import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.registry.ModelTopic.Pointer;
import io.tickettriage.registry.ModelTopic.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on the pointers of {@code tickets.models}: which model scores, and which one scores beside it. A model that may not
 * score changes nothing; whatever is wrong with it, a {@code Throwable} included, is a refusal.
 */
final class ModelSelection {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSelection.class);

    private static final int LONGEST_REASON = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private final ActiveModel activeModel;
    private final Challenger shadow;
    private final ModelCheck check;
    private final ModelFollower.Listener listener;
    /** The program's own model. */
    private final TicketModel builtIn;

    // The pointers as they were last acted on.
    private Optional<Pointer> seenActive = Optional.empty();
    private Optional<Pointer> seenShadow = Optional.empty();

    ModelSelection(ActiveModel activeModel, Challenger shadow, ModelCheck check, ModelFollower.Listener listener) {
        this.activeModel = activeModel;
        this.shadow = shadow;
        this.check = check;
        this.listener = listener;
        this.builtIn = activeModel.current();
    }

    /** The model that scores now. */
    TicketModel current() {
        return activeModel.current();
    }

    /** Chooses the model to begin with: the one that is named; if it is bad, the newest good one outside the shadow. */
    void begin(ModelTopic models) {
        Optional<Pointer> named = models.active();
        if (named.isPresent() && !activate(models, named.get())) {
            List<String> others = new ArrayList<>(models.artifacts().keySet());
            models.shadow().map(Pointer::version).ifPresent(others::remove);
            others.remove(named.get().version());
            Collections.reverse(others);
            if (others.stream().noneMatch(version -> activate(models, fallback(models, version)))) {
                LOG.warn(
                        "no valid model on the topic; the program's own model {} stays active",
                        current().version());
            }
        }
        seenActive = named;
        followShadow(models);
    }

    private static Pointer fallback(ModelTopic models, String version) {
        long offset = models.stored(version).map(Stored::offset).orElse(0L);
        return new Pointer(version, Optional.empty(), offset);
    }

    /** Acts on what the pointers name now. */
    void follow(ModelTopic models) {
        Optional<Pointer> named = models.active();
        if (!named.equals(seenActive)) {
            if (named.isPresent()) {
                boolean unused = activate(models, named.get());
            } else {
                serve(builtIn);
            }
            seenActive = named;
        }
        followShadow(models);
    }

    private void followShadow(ModelTopic models) {
        Optional<Pointer> named = models.shadow();
        if (!named.equals(seenShadow)) {
            Optional<TicketModel> challenger = named.flatMap(pointer -> accepted(models, pointer));
            shadow.set(challenger);
            seenShadow = named;
            challenger.ifPresent(model -> LOG.info("model {} scores in the shadow", model.version()));
        }
    }

    private boolean activate(ModelTopic models, Pointer pointer) {
        Optional<TicketModel> model = accepted(models, pointer);
        model.ifPresent(this::serve);
        return model.isPresent();
    }

    private void serve(TicketModel next) {
        TicketModel before = current();
        if (!isSame(next, before.version(), before.sha256())) {
            activeModel.swap(next);
            listener.activated(next);
            LOG.info("model {} is active, it was {}", next.version(), before.version());
        }
    }

    private static boolean isSame(TicketModel model, String version, String sha256) {
        return model.version().equals(version) && model.sha256().equals(sha256);
    }

    /** The model that a pointer means, if it may score. A failure of Kafka is thrown: it says nothing about the model. */
    private Optional<TicketModel> accepted(ModelTopic models, Pointer pointer) {
        String version = pointer.version();
        Optional<Stored> found = models.stored(version);
        if (found.isEmpty()) {
            models.refuse(pointer.offset(), version, "no artifact of that name is on the topic");
            return Optional.empty();
        }
        Stored stored = found.get();
        if (!pointer.sha256().orElse(stored.sha256()).equals(stored.sha256())) {
            models.refuse(
                    pointer.offset(),
                    version,
                    "means the model with sha256 " + pointer.sha256().orElse("") + ", the one on the topic has "
                            + stored.sha256());
            return Optional.empty();
        }
        for (TicketModel loaded : List.of(current(), builtIn)) {
            if (isSame(loaded, version, stored.sha256())) {
                return Optional.of(loaded);
            }
        }
        if (models.isRefused(stored)) {
            LOG.warn(
                    "model {} is named again, it was refused before; model {} stays active",
                    version,
                    current().version());
            return Optional.empty();
        }
        try {
            return Optional.of(load(models, stored, version));
        } catch (KafkaException e) {
            throw e;
        } catch (Throwable e) { // Whatever a file can do to its readers, the model that scores goes on.
            models.refuse(stored, version, reason(e));
            return Optional.empty();
        }
    }

    private TicketModel load(ModelTopic models, Stored stored, String version) throws IOException {
        byte[] file = models.read(stored)
                .orElseThrow(() -> new IOException("is no longer on the topic: another record has taken its name"));
        if (version.equals(builtIn.version())) {
            throw new IOException("the program's own model has that name and another sha256");
        }
        ModelArtifact artifact = check.read(file);
        if (!artifact.model().version().equals(version)) {
            throw new IOException("calls itself \"" + artifact.model().version() + '"');
        }
        return artifact.model();
    }

    private static String reason(Throwable e) {
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Counts a refusal and says so in one line, whatever characters a stranger has put into it. */
    void refused(SourcePosition at, String what, String reason) {
        listener.refused(what);
        LOG.warn(
                "refused model {} at {}: {}; model {} stays active",
                oneLine(what),
                at,
                oneLine(reason),
                current().version());
    }

    private static String oneLine(String text) {
        String cut = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }
}
