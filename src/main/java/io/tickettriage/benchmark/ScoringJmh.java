package io.tickettriage.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.artifact.ArtifactReader;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time to score one ticket with the model in the program; {@code triage benchmark jmh} runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoringJmh {
    /** About 100 and about 1,000 characters. */
    @Param({"100", "1000"})
    public int characters;

    private String text = "";
    private Predictor predictor;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() first.
    public ScoringJmh() {}

    /** Loads the model. */
    @Setup
    public void prepare() throws Exception {
        String sentence =
                "my order AB12345 was charged twice on the 3rd, pls refund asap!! mera paisa wapas kab aayega bhai?? ";
        text = sentence.repeat(1 + characters / sentence.length()).substring(0, characters);
        try (InputStream in = ScoringJmh.class.getResourceAsStream("/models/default.json")) {
            predictor = ArtifactReader.read(in.readAllBytes()).model().newPredictor();
        }
    }

    /** Text to all heads. */
    @Benchmark
    public Prediction textToAllHeads() {
        return predictor.predict(text, Map.of());
    }

    /** UTF-8 to text and back, for the scale. */
    @Benchmark
    public byte[] copyOfTheText() {
        return new String(text.getBytes(UTF_8), UTF_8).getBytes(UTF_8);
    }
}
