package io.tickettriage.testing;

import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Network;
import io.tickettriage.model.TicketModel;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A network that says what a test writes into the logits of each text. */
public record ScriptedNetwork(int outputs, BiConsumer<String, float[]> answer) implements Network {
    /** The model of {@link TestModels} with such a network in place of its own. */
    public static TicketModel model(BiConsumer<String, float[]> answer) {
        TicketModel model = TestModels.artifact("scripted", 6).model();
        int outputs = model.heads().stream().mapToInt(head -> head.outputs()).sum();
        return new TicketModel(
                model.version(),
                model.sha256(),
                model.formatVersion(),
                model.heads(),
                model.reviewPolicy(),
                new ScriptedNetwork(outputs, answer));
    }

    @Override
    public ForwardPass newForwardPass() {
        return new Pass(outputs, answer);
    }

    @Override
    public Size size() {
        return new Size(0, 0);
    }

    private static final class Pass extends ForwardPass {
        private final BiConsumer<String, float[]> answer;

        Pass(int outputs, BiConsumer<String, float[]> answer) {
            super(outputs);
            this.answer = answer;
        }

        @Override
        public void run(String text, Map<String, String> metadata) {
            answer.accept(text, logits);
        }

        @Override
        public Map<String, float[]> contributions(String text, Map<String, String> metadata) {
            return Map.of("term", logits.clone());
        }

        @Override
        public TextView view(String text, Map<String, String> metadata) {
            return new TextView(text, List.of(), new Features(0, 0, List.of()));
        }
    }
}
