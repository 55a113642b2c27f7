package io.tickettriage.registry;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an instance's model the one that {@code tickets.models} names: reads, validates, swaps one reference.
 *
 * <p>It starts with the model that {@code active} names; if that is invalid, with the newest valid one that {@code shadow}
 * does not name; else the one it was given stays. A bad artifact changes nothing: the old model stays active, the listener
 * is called and one log line says why. Runs on a daemon thread of its own.
 */
public final class ModelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);

    /** Observes models, for meters. Called on the follower's thread. */
    public interface Listener {
        /** A model scores from now on. */
        void activated(TicketModel model);

        /** An artifact was refused. */
        void refused(String version);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final ActiveModel activeModel;
    private final Challenger shadow;
    private final ModelCheck check;
    private final Listener listener;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "model-follower");
    private volatile boolean closing;

    // The versions as they were last acted on.
    private Optional<String> seenActive = Optional.empty();
    private Optional<String> seenShadow = Optional.empty();

    /** A follower that has not started; it owns the consumer and closes it. */
    public ModelFollower(
            Consumer<byte[], byte[]> consumer,
            String topic,
            ActiveModel activeModel,
            Challenger shadow,
            ModelCheck check,
            Listener listener) {
        this.consumer = consumer;
        this.topic = topic;
        this.activeModel = activeModel;
        this.shadow = shadow;
        this.check = check;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Starts to follow. */
    public void start() {
        thread.start();
    }

    /** Whether what was in the topic at the start has been acted on. */
    public boolean hasCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Whether it follows still; false also before it has started. */
    public boolean isFollowing() {
        return thread.isAlive();
    }

    private void follow() {
        try (consumer) {
            ModelTopic models = new ModelTopic(consumer, topic);
            while (!closing) {
                try {
                    if (!hasCaughtUp()) {
                        models.readToEnd();
                        chooseFirst(models);
                        followShadow(models);
                        caughtUp.countDown();
                    } else if (models.readNext()) {
                        followActive(models);
                        followShadow(models);
                    }
                } catch (WakeupException e) {
                    LOG.debug("woken up to close");
                } catch (KafkaException e) {
                    LOG.warn("cannot read {}: {}; model {} stays active", topic, e.getMessage(), activeVersion());
                }
            }
        }
    }

    private void chooseFirst(ModelTopic models) {
        seenActive = models.active();
        if (seenActive.isPresent()) {
            List<String> candidates = new ArrayList<>(models.artifacts().keySet());
            models.shadow().ifPresent(candidates::remove);
            candidates.remove(seenActive.get());
            candidates.add(seenActive.get());
            Collections.reverse(candidates);
            if (candidates.stream().noneMatch(version -> activate(models, version))) {
                LOG.warn("no valid model on {}; the program's own model {} stays active", topic, activeVersion());
            }
        }
    }

    private void followActive(ModelTopic models) {
        if (!models.active().equals(seenActive)) {
            seenActive = models.active();
            seenActive.ifPresent(version -> activate(models, version));
        }
    }

    private void followShadow(ModelTopic models) {
        if (!models.shadow().equals(seenShadow)) {
            seenShadow = models.shadow();
            Optional<TicketModel> challenger = seenShadow.flatMap(version -> accepted(models, version));
            shadow.set(challenger);
            challenger.ifPresent(model -> LOG.info("model {} scores in the shadow", model.version()));
        }
    }

    private boolean activate(ModelTopic models, String version) {
        String before = activeVersion();
        if (version.equals(before)) {
            return true;
        }
        Optional<TicketModel> model = accepted(models, version);
        model.ifPresent(next -> {
            activeModel.swap(next);
            listener.activated(next);
            LOG.info("model {} is active, it was {}", next.version(), before);
        });
        return model.isPresent();
    }

    private Optional<TicketModel> accepted(ModelTopic models, String version) {
        try {
            byte[] file = models.artifact(version)
                    .orElseThrow(() -> new IOException("no artifact of that name is on " + topic));
            return Optional.of(check.read(file).model());
        } catch (IOException e) {
            listener.refused(version);
            LOG.warn("refused model {}: {}; model {} stays active", version, e.getMessage(), activeVersion());
            return Optional.empty();
        }
    }

    private String activeVersion() {
        return activeModel.current().version();
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
