package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims on a topic that is read back at once, and stamped by a clock that need not be this machine's. */
class ReviewClaimsTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final Duration LENGTH = Duration.ofMinutes(2);
    private static final Instant BROKER_TIME = second(0);
    private static final Person ANN = new Person("ann", "w");
    private static final Person BOB = new Person("bob", "w");

    private final ScoredRecords records = new ScoredRecords();
    private final DeskView view = Views.empty();

    /** The topic: what is written to it is read at once. */
    private final class Topic extends MockProducer<byte[], byte[]> {
        private Optional<ReviewClaims> reader = Optional.empty();

        Topic() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> written) {
            try {
                view.apply(new ConsumerRecord<>(
                                written.topic(),
                                0,
                                0,
                                BROKER_TIME.toEpochMilli(),
                                TimestampType.LOG_APPEND_TIME,
                                written.key().length,
                                written.value().length,
                                written.key(),
                                written.value(),
                                written.headers(),
                                Optional.empty()))
                        .claim()
                        .ifPresent(claim -> reader.orElseThrow().read(claim));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return super.send(written);
        }
    }

    private ReviewClaims claims(Duration clockAhead) {
        Topic topic = new Topic();
        ReviewClaims claims = new ReviewClaims(
                view,
                new DeskWriter(topic),
                NAMES.claims(),
                LENGTH,
                new TopicClock(() -> BROKER_TIME.plus(clockAhead)));
        topic.reader = Optional.of(claims);
        return claims;
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -120, -30, 0, 30, 120, 3600})
    void shouldClaimForItsLengthHoweverWrongThisMachinesClockIs(long secondsAhead) throws Exception {
        view.apply(records.review("T", "refund", 0));
        assertThat(claims(Duration.ofSeconds(secondsAhead)).claim("T", ANN)).isInstanceOf(ClaimOutcome.Granted.class);
        assertThat(claims(Duration.ZERO).claim("T", BOB)).isInstanceOf(ClaimOutcome.Taken.class);
    }

    @Test
    void shouldMakeAClaimAsLongAsItShouldBeOnceItKnowsTheTopicsClock() throws Exception {
        view.apply(records.review("T", "refund", 0));
        ReviewClaims claims = claims(Duration.ofHours(-1));
        claims.claim("T", ANN);
        assertThat(claims.claim("T", ANN)).isInstanceOfSatisfying(ClaimOutcome.Granted.class, granted -> assertThat(
                        granted.claim().until())
                .isEqualTo(BROKER_TIME.plus(LENGTH)));
    }

    @Test
    void shouldFindTheOldestTicketWithTheWordsAmongMany() throws Exception {
        for (int i = 0; i < 120; i++) {
            view.apply(records.review("T-" + i, i < 110 ? "refund" : "invoice", i));
        }
        ReviewFilter filter =
                new ReviewFilter(Optional.empty(), Optional.empty(), Words.of("invoice"), Optional.empty());
        assertThat(claims(Duration.ZERO).claimNext(filter, Set.of("T-110"), ANN))
                .contains("T-111");
        assertThat(claims(Duration.ZERO).claimNext(filter, Set.of(), BOB)).contains("T-110");
        ReviewFilter nowhere =
                new ReviewFilter(Optional.empty(), Optional.empty(), Words.of("nowhere"), Optional.empty());
        assertThat(claims(Duration.ZERO).claimNext(nowhere, Set.of(), ANN)).isEmpty();
    }
}
