package io.tickettriage.training.fit;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import java.util.List;
import java.util.Objects;

/** A network inside the autograd engine (PyTorch by DJL), and steps of Adam on it. */
final class TorchNetwork implements AutoCloseable {
    private static final double LAST_RATE = 0.05;

    private final HeadLayout layout;
    private final Hyperparameters settings;
    private final FloatNetwork start;
    private final NDManager manager;
    private final Optimizer optimizer;
    /** {@code [vocabulary][dimensions]} */
    private final NDArray bag;
    /** {@code [dimensions][logits]} */
    private final NDArray output;
    /** {@code [logits]} */
    private final NDArray bias;

    TorchNetwork(HeadLayout layout, Hyperparameters settings, FloatNetwork start, int steps) {
        // Sums in one thread have one order, and so one result.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        this.layout = layout;
        this.settings = settings;
        this.start = start;
        int dimensions = start.dimensions();
        this.manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        this.bag = manager.create(start.bag(), new Shape(start.vocabulary().size(), dimensions));
        float[] rows = transposed(start.output(), layout.logits(), dimensions);
        this.output = manager.create(rows, new Shape(dimensions, layout.logits()));
        this.bias = manager.create(start.bias());
        List.of(bag, output, bias).forEach(weights -> weights.setRequiresGradient(true));
        double first = settings.schedule().learningRate();
        this.optimizer = Optimizer.adam()
                .optLearningRateTracker((parameter, step) -> {
                    double along = Math.min(1, (double) step / Math.max(1, steps));
                    return (float) (first * (LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + Math.cos(Math.PI * along))));
                })
                .build();
    }

    /** One step on a batch; the loss before it. */
    float step(Batch batch) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray rows = scratch.create(batch.features(), new Shape(batch.rows(), batch.length()));
            NDArray shares = scratch.create(batch.shares(), new Shape(batch.rows(), 1, batch.length()));
            NDArray targets = scratch.create(batch.targets(), new Shape(batch.rows(), layout.columns()));
            float value;
            try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDList embedded = rows.getNDArrayInternal().embedding(rows, bag, SparseFormat.DENSE);
                embedded.attach(scratch);
                NDArray hidden = shares.matMul(embedded.singletonOrThrow()).squeeze(1);
                NDArray logits = hidden.matMul(output).add(bias);
                NDArray loss = loss(logits, targets).div(batch.rows());
                gradients.backward(loss);
                value = loss.getFloat();
            }
            update("bag", bag);
            update("output", output);
            update("bias", bias);
            return value;
        }
    }

    private NDArray loss(NDArray logits, NDArray targets) {
        float gamma = settings.loss().focalGamma();
        NDArray sum = null;
        for (HeadLayout.Place place : layout.places()) {
            if (place.logits() == 0) {
                continue;
            }
            NDArray head = logits.get(":, " + place.firstLogit() + ":" + (place.firstLogit() + place.logits()));
            NDArray wanted = targets.get(":, " + place.firstColumn() + ":" + (place.firstColumn() + place.columns()));
            // A sigmoid is the softmax over its logit and a constant 0.
            NDArray logProbabilities = (place.logits() == 1 ? head.zerosLike().concat(head, 1) : head).logSoftmax(1);
            NDArray term = logProbabilities.mul(wanted);
            if (gamma > 0) {
                term = term.mul(logProbabilities.exp().neg().add(1.0001f).pow(gamma));
            }
            NDArray loss = term.sum().neg();
            sum = sum == null ? loss : sum.add(loss);
        }
        return Objects.requireNonNull(sum, "a taxonomy has heads");
    }

    private void update(String name, NDArray weights) {
        float weightDecay = settings.schedule().weightDecay();
        try (NDArray gradient = weights.getGradient()) {
            optimizer.update(name, weights, gradient);
            if (weightDecay > 0 && weights == bag) {
                weights.muli(1 - weightDecay);
            }
            gradient.muli(0);
        }
    }

    /** The weights as they are now. */
    FloatNetwork weights() {
        int dimensions = start.dimensions();
        float[] rows = transposed(output.toFloatArray(), dimensions, layout.logits());
        return new FloatNetwork(start.vocabulary(), dimensions, bag.toFloatArray(), rows, bias.toFloatArray());
    }

    @Override
    public void close() {
        manager.close();
    }

    /** A matrix {@code [rows][columns]} as {@code [columns][rows]}: the engine multiplies by the output from the right. */
    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = matrix[r * columns + c];
            }
        }
        return transposed;
    }
}
