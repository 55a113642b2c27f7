package io.tickettriage.training.fit;

import io.tickettriage.format.Sha256;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Rows to learn from, and rows to choose the epoch, temperatures and thresholds by, half of which are {@link #holdout}.
 *
 * <p>Stratified by source and label of one head; group-aware: rows that share a template, an id or the same words (numbers,
 * short words and order apart) stay on one side. Depends on nothing but the rows and the seed, not even on their order.
 */
public record Split(List<TrainingRow> training, List<TrainingRow> validation) {
    /** The rows that meet a condition validate, the others train. */
    public static Split by(List<TrainingRow> rows, Predicate<TrainingRow> validates) {
        Map<Boolean, List<TrainingRow>> parts = rows.stream().collect(Collectors.partitioningBy(validates));
        return new Split(parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()));
    }

    /** Splits rows: of each stratum of a source and a label of {@code head}, {@code share} validates. */
    public static Split of(List<TrainingRow> rows, double share, String head, long seed) {
        Map<String, List<TrainingRow>> groups = new TreeMap<>();
        for (TrainingRow row : rows) {
            groups.computeIfAbsent(row.groupKey(), g -> new ArrayList<>()).add(row);
        }
        Map<String, List<String>> strata = new TreeMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        groups.forEach((group, members) -> {
            TrainingRow first = members.get(0);
            String stratum = first.source() + "/" + first.example().labels().getOrDefault(head, "");
            strata.computeIfAbsent(stratum, s -> new ArrayList<>()).add(group);
            sizes.merge(stratum, members.size(), Integer::sum);
        });
        Set<String> validating = new HashSet<>();
        strata.forEach((stratum, members) -> {
            members.sort(Comparator.comparing(group -> Sha256.of(seed + "/" + group)));
            double wanted = share * sizes.getOrDefault(stratum, 0);
            int taken = 0;
            for (String group : members) {
                int size = groups.getOrDefault(group, List.of()).size();
                if (taken + size <= wanted + 0.5) {
                    validating.add(group);
                    taken += size;
                }
            }
        });
        List<TrainingRow> training = new ArrayList<>();
        List<TrainingRow> validation = new ArrayList<>();
        groups.forEach((group, members) -> (validating.contains(group) ? validation : training).addAll(members));
        return new Split(training, validation);
    }

    /** The rows the shipped network learns from: all but the {@link #holdout}. */
    public List<TrainingRow> refit() {
        List<TrainingRow> rows = new ArrayList<>(training);
        rows.addAll(by(validation, Split::isHoldout).training());
        return rows;
    }

    /** The half of the validation rows that no network of this split learns from: the promotion gate compares on them. */
    public List<TrainingRow> holdout() {
        return by(validation, Split::isHoldout).validation();
    }

    private static boolean isHoldout(TrainingRow row) {
        return bucket(row.groupKey(), 2) == 0;
    }

    /** One of {@code buckets} for a group, always the same. */
    public static int bucket(String group, int buckets) {
        return (int) (Long.parseLong(Sha256.of("bucket/" + group).substring(0, 12), 16) % buckets);
    }
}
