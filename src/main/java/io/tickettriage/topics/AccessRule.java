package io.tickettriage.topics;

import io.tickettriage.kafka.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One thing that a party must be allowed to do in the cluster: all rules of a party together are the least it needs. */
public record AccessRule(Party party, ResourceType resource, String name, PatternType pattern, AclOperation operation) {

    /** Who works with the cluster. */
    public enum Party {
        /** The scoring role of the application. */
        SCORING,
        /** The corrections role of the application. */
        CORRECTIONS,
        /** The desk role of the application. */
        DESK,
        /** Programs that send tickets. */
        PRODUCER,
        /** Programs that read the queues, with groups whose names begin with the prefix and {@code queue-}. */
        CONSUMER,
        /** People and programs that submit corrections. */
        CORRECTOR,
        /** The engineer who exports corrections and publishes models. */
        TRAINER;

        /** Its name on the command line. */
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All rules for topics under their names in the cluster; {@code applicationId} begins the roles' application ids. */
    public static List<AccessRule> all(TopicNames names, SortedSet<String> queues, String applicationId) {
        Plan scoring = new Plan(Party.SCORING);
        scoring.topic(names.raw(), AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        scoring.topic(names.models(), AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        for (String output : List.of(names.scored(), names.dlq(), names.shadow())) {
            scoring.topic(output, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
        }
        queues.forEach(queue -> scoring.topic(names.queue(queue), AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        scoring.streams(applicationId + "-scoring");

        Plan corrections = new Plan(Party.CORRECTIONS);
        corrections.topic(names.correctionsSubmitted(), AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        corrections.topic(names.scored(), AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        corrections.topic(names.corrections(), AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
        corrections.topic(names.dlq(), AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
        corrections.streams(applicationId + "-corrections");
        // Its repartition topic and the changelogs of its stores, which it creates, and whose read part it deletes.
        for (AclOperation operation :
                List.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)) {
            corrections.add(ResourceType.TOPIC, applicationId + "-corrections-", PatternType.PREFIXED, operation);
        }

        Plan desk = new Plan(Party.DESK);
        for (String input : List.of(
                names.queue("review"),
                names.scored(),
                names.correctionsSubmitted(),
                names.corrections(),
                names.claims(),
                names.models())) {
            desk.topic(input, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        }
        desk.topic(names.correctionsSubmitted(), AclOperation.WRITE);
        desk.topic(names.claims(), AclOperation.WRITE);

        Plan producer = new Plan(Party.PRODUCER);
        producer.topic(names.raw(), AclOperation.WRITE);

        Plan consumer = new Plan(Party.CONSUMER);
        queues.forEach(queue -> consumer.topic(names.queue(queue), AclOperation.READ));
        consumer.add(ResourceType.GROUP, names.prefix() + "queue-", PatternType.PREFIXED, AclOperation.READ);

        Plan corrector = new Plan(Party.CORRECTOR);
        corrector.topic(names.correctionsSubmitted(), AclOperation.WRITE);

        Plan trainer = new Plan(Party.TRAINER);
        trainer.topic(names.corrections(), AclOperation.READ);
        trainer.topic(names.models(), AclOperation.READ, AclOperation.WRITE);

        List<AccessRule> rules = new ArrayList<>();
        List.of(scoring, corrections, desk, producer, consumer, corrector, trainer)
                .forEach(plan -> rules.addAll(plan.rules));
        return rules;
    }

    /** The rule as Kafka's administration takes it, for a principal such as {@code User:triage} from any host. */
    public AclBinding binding(String principal) {
        return new AclBinding(
                new ResourcePattern(resource, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** The rules of one party, as they are collected. */
    private static final class Plan {
        private final Party party;
        private final List<AccessRule> rules = new ArrayList<>();

        Plan(Party party) {
            this.party = party;
        }

        void topic(String name, AclOperation... operations) {
            for (AclOperation operation : operations) {
                add(ResourceType.TOPIC, name, PatternType.LITERAL, operation);
            }
        }

        /** The group, the log of failures, and the transactions of a role. */
        void streams(String roleId) {
            add(ResourceType.GROUP, roleId, PatternType.PREFIXED, AclOperation.READ);
            add(ResourceType.TRANSACTIONAL_ID, roleId + "-", PatternType.PREFIXED, AclOperation.WRITE);
        }

        void add(ResourceType resource, String name, PatternType pattern, AclOperation operation) {
            rules.add(new AccessRule(party, resource, name, pattern, operation));
        }
    }
}
