package io.tickettriage.benchmark;

import com.sun.management.ThreadMXBean;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text to all heads, on one thread: the median time and the memory it takes, after a warm-up. */
public final class ScoreBenchmark {
    private static final int ROUNDS = 31;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    /** A round is long enough for the clock and short enough for a median of many. */
    private static final long ROUND_NANOS = 100_000_000L;

    private ScoreBenchmark() {}

    /** What was measured on {@code tickets} different texts; the memory allocated includes the prediction. */
    public record Result(int tickets, double medianNanosPerTicket, double bytesPerTicket) {}

    /** Measures a model on some texts. */
    public static Result run(TicketModel model, List<String> texts) {
        Predictor predictor = model.newPredictor();
        long checksum = 0;
        long warmUpEnd = System.nanoTime() + WARM_UP_NANOS;
        long passes = 0;
        while (System.nanoTime() < warmUpEnd) {
            checksum += pass(predictor, texts);
            passes++;
        }
        long passesPerRound = Math.max(1, passes * ROUND_NANOS / WARM_UP_NANOS);
        List<Double> nanos = new ArrayList<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (long i = 0; i < passesPerRound; i++) {
                checksum += pass(predictor, texts);
            }
            nanos.add((System.nanoTime() - start) / (double) (passesPerRound * texts.size()));
        }
        double bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        if (checksum == Long.MIN_VALUE) {
            throw new IllegalStateException("the results were not used");
        }
        nanos.sort(null);
        double tickets = (double) ROUNDS * passesPerRound * texts.size();
        return new Result(texts.size(), nanos.get(ROUNDS / 2), bytes / tickets);
    }

    private static long pass(Predictor predictor, List<String> texts) {
        long labels = 0;
        for (String text : texts) {
            labels += predictor.predict(text, Map.of()).heads().get(0).labelIndex();
        }
        return labels;
    }
}
