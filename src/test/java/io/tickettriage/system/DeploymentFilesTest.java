package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickettriage.broker.BrokerSettings;
import io.tickettriage.cli.Triage;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import io.tickettriage.http.Health;
import io.tickettriage.http.HttpServer;
import io.tickettriage.http.Meters;
import io.tickettriage.http.OpsRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every path, command, port, service and setting that the Dockerfile and the compose file name exists. */
class DeploymentFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> dockerfile = instructions();
    private final JsonNode compose = compose();

    // --- Dockerfile ---

    @Test
    void shouldCopyOnlyWhatExistsAndIsNotIgnored() throws Exception {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        List<String> sources = new ArrayList<>();
        for (String copy : arguments("COPY")) {
            List<String> words = List.of(copy.split("\\s+"));
            if (!words.get(0).startsWith("--from=")) {
                sources.addAll(words.subList(0, words.size() - 1));
            }
        }
        assertThat(sources).contains("pom.xml", "triage", "config", "topics").allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(sent).contains("!" + List.of(source.split("/")).get(0)).doesNotContain(source);
        });
    }

    @Test
    void shouldTakeFromTheBuildWhatTheBuildMakes() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom)
                .contains("<finalName>triage</finalName>")
                .contains("<includeScope>runtime</includeScope>")
                .contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>");
        assertThat(arguments("COPY").stream().filter(copy -> copy.startsWith("--from=")))
                .containsExactlyInAnyOrder(
                        "--from=build /src/target/lib target/lib",
                        "--from=build /src/target/triage.jar target/triage.jar");
        assertThat(arguments("FROM").get(0)).endsWith(" AS build");
        assertThat(arguments("WORKDIR")).containsExactly("/src", "/opt/triage");
        // The launcher looks for both below its own directory.
        assertThat(Files.readString(Path.of("triage")))
                .contains("$home/target/triage.jar")
                .contains("$home/target/lib/*");
    }

    @Test
    void shouldBuildAndRunOnTheJavaTheProgramIsCompiledFor() throws Exception {
        Matcher release =
                Pattern.compile("<maven.compiler.release>(\\d+)<").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(release.find()).isTrue();
        assertThat(arguments("FROM"))
                .allMatch(image -> image.startsWith("eclipse-temurin:" + release.group(1) + "-"))
                .last()
                .asString()
                .endsWith("-jre");
        assertThat(arguments("RUN")).anyMatch(run -> run.contains("./mvnw ") && run.contains("pytorch.platform"));
        assertThat(Files.readString(Path.of("pom.xml"))).contains("${pytorch.platform}");
    }

    @Test
    void shouldStartTheLauncherAsAnUnprivilegedUser() throws Exception {
        assertThat(list(only("ENTRYPOINT"))).containsExactly("/opt/triage/triage");
        assertThat(Path.of("triage")).isExecutable();
        assertThat(only("USER")).isEqualTo("10001:10001");
        parses(list(only("CMD")));
    }

    @Test
    void shouldSetOnlyVariablesThatAreRead() throws Exception {
        Map<String, String> environment = imageEnvironment();
        assertThat(environment).containsKeys("TRIAGE_NO_BUILD", "TRIAGE_STATE_DIR", "TRIAGE_JAVA_OPTS");
        assertReadable(environment);
    }

    @Test
    void shouldAskTheHealthOfARouteOnThePortOfTheSettings() throws Exception {
        String port = defaultPort();
        String check = only("HEALTHCHECK");
        assertThat(check).contains("${" + Settings.environmentName(HttpConfig.PORT) + ":-" + port + "}");
        assertThat(only("EXPOSE")).isEqualTo(port);
        Matcher path = Pattern.compile("GET (/\\w+) HTTP").matcher(check);
        assertThat(path.find()).isTrue();
        try (Meters meters = new Meters();
                HttpServer server = HttpServer.start(
                        new HttpConfig("127.0.0.1", 0), List.of(new OpsRoutes(meters, () -> true, new Health())));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            // The request exactly as the health check writes it.
            socket.getOutputStream().write((path.group() + "/1.0\r\n\r\n").getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer.lines().findFirst().orElse("")).contains(" 200 ");
        }
        assertThat(list(check.substring(check.indexOf("CMD ") + 4)))
                .startsWith("bash", "-c")
                .hasSize(3);
    }

    // --- docker-compose.yml ---

    @Test
    void shouldDependOnServicesThatExistAndCanBeWaitedFor() {
        int dependencies = 0;
        for (Map.Entry<String, JsonNode> service : services().entrySet()) {
            for (Map.Entry<String, JsonNode> dependency :
                    service.getValue().path("depends_on").properties()) {
                dependencies++;
                String target = dependency.getKey();
                assertThat(services()).containsKey(target);
                String condition = dependency.getValue().path("condition").asText();
                if (condition.equals("service_healthy")) {
                    assertThat(service(target).path("healthcheck").has("test"))
                            .as(target)
                            .isTrue();
                } else {
                    assertThat(condition).isEqualTo("service_completed_successfully");
                    assertThat(service(target).path("restart").asText())
                            .as(target)
                            .isEqualTo("no");
                }
            }
        }
        assertThat(dependencies).isGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldRunCommandsThatExist() throws Exception {
        for (String name : List.of("topics", "triage")) {
            List<String> command = new ArrayList<>();
            service(name).path("command").forEach(word -> command.add(word.asText()));
            parses(command);
            assertThat(Path.of(service(name).at("/build/context").asText()).resolve("Dockerfile"))
                    .isRegularFile();
        }
        assertThat(service("topics").path("command").get(1).asText()).isEqualTo("apply");
    }

    @Test
    void shouldSetOnlySettingsThatExist() throws Exception {
        for (String name : List.of("topics", "triage")) {
            assertReadable(environment(name));
        }
        assertThat(environment("triage")).containsKey(Settings.environmentName(KafkaClientsConfig.BOOTSTRAP_SERVERS));
    }

    @Test
    void shouldSetOnlySettingsThatTheBrokerHas() {
        Map<String, String> environment = environment("kafka");
        assertThat(Uuid.fromString(String.valueOf(environment.remove("CLUSTER_ID")))
                        .toString())
                .hasSize(22);
        Map<String, String> settings = new LinkedHashMap<>();
        environment.forEach((variable, value) -> {
            assertThat(variable).startsWith("KAFKA_");
            settings.put(variable.substring(6).toLowerCase(Locale.ROOT).replace('_', '.'), value);
        });
        assertThat(KafkaConfig.configDef().names()).containsAll(settings.keySet());
        assertThatCode(() -> KafkaConfig.configDef().parse(settings)).doesNotThrowAnyException();
        assertThat(settings).containsEntry("message.max.bytes", Integer.toString(BrokerSettings.MAX_MESSAGE_BYTES));
        String data = String.valueOf(settings.get("log.dirs"));
        assertThat(service("kafka").path("volumes")).singleElement().isNotNull();
        String[] volume = service("kafka").path("volumes").get(0).asText().split(":", -1);
        assertThat(compose.path("volumes").has(volume[0])).isTrue();
        assertThat(volume[1]).isEqualTo(data);
    }

    @Test
    void shouldRunTheKafkaThatTheClientsAreBuiltFor() throws Exception {
        Matcher version = Pattern.compile("<kafka.version>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(service("kafka").path("image").asText()).isEqualTo("apache/kafka:" + version.group(1));
    }

    @Test
    void shouldReachKafkaWhereItListens() {
        String advertised = String.valueOf(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"));
        assertThat(advertised).contains("INTERNAL://kafka:9092");
        assertThat(services()).containsKey("kafka");
        TreeSet<String> named = new TreeSet<>();
        Matcher address = Pattern.compile("\\bkafka:(\\d+)\"").matcher(compose.toString());
        while (address.find()) {
            named.add(address.group(1));
        }
        named.remove("9093"); // The controller's, for the quorum alone.
        assertThat(named).containsExactly("9092");
        Matcher host = Pattern.compile("HOST://localhost:(\\d+)").matcher(advertised);
        assertThat(host.find()).isTrue();
        assertThat(service("kafka").path("ports"))
                .extracting(JsonNode::asText)
                .containsExactly("127.0.0.1:" + host.group(1) + ":" + host.group(1));
    }

    @Test
    void shouldAllowSeveralInstancesOnAReadOnlyFileSystem() throws Exception {
        JsonNode triage = service("triage");
        assertThat(triage.has("container_name") || triage.has("hostname") || triage.has("ports"))
                .isFalse();
        assertThat(triage.path("read_only").asBoolean()).isTrue();
        assertThat(triage.path("expose")).extracting(JsonNode::asText).containsExactly(defaultPort());
        List<String> writable = StreamSupport.stream(triage.path("tmpfs").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        // The codecs' native libraries are unpacked to /tmp and run from there.
        assertThat(writable).anyMatch(mount -> mount.startsWith("/tmp:") && mount.contains("exec"));
        Path state = Path.of(
                String.valueOf(imageEnvironment().get(Settings.environmentName(KafkaStreamsConfig.STATE_DIRECTORY))));
        String user = only("USER").split(":", -1)[0];
        assertThat(writable)
                .anyMatch(mount -> state.startsWith(Path.of(mount.split(":", -1)[0])) && mount.contains("uid=" + user));
    }

    @Test
    void shouldKeepPagesBehindProfilesOfTheirOwn() {
        services().forEach((name, service) -> assertThat(service.has("profiles"))
                .as(name)
                .isEqualTo(Set.of("kafka-ui", "desk").contains(name)));
    }

    /** Anybody who reaches a container's port would read tickets: the program would not start. */
    @Test
    void shouldServeTheDeskWithTokensAloneAndRunNoOtherServiceWithIt() {
        assertThat(service("desk").at("/environment/TRIAGE_DESK_TOKENS_FILE").asText())
                .isEqualTo("/run/secrets/" + service("desk").at("/secrets/0").asText());
        assertThat(service("triage").path("command").toString())
                .contains("scoring,corrections")
                .doesNotContain("desk");
    }

    @Test
    void shouldPublishPortsOnThisMachineAlone() {
        services().values().forEach(service -> service.path("ports")
                .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    // --- reading ---

    /** The commands of the image are those of the program, with options it has. */
    private static void parses(List<String> command) {
        CommandLine.ParseResult parsed = Triage.commandLine().parseArgs(command.toArray(String[]::new));
        assertThat(parsed.subcommand()).as(command.toString()).isNotNull();
    }

    private static void assertReadable(Map<String, String> environment) throws IOException {
        String launcher = Files.readString(Path.of("triage"));
        Map<String, String> ours = new TreeMap<>(environment);
        ours.keySet().removeIf(variable -> !variable.startsWith("TRIAGE_"));
        assertThat(ours).hasSameSizeAs(environment);
        settings(ours);
        assertThat(ours.keySet())
                .allMatch(variable ->
                        Settings.NAME_BY_VARIABLE.containsKey(variable) || launcher.contains("{" + variable + ":-"));
    }

    private static Settings settings(Map<String, String> environment) throws IOException {
        SettingsFile empty = SettingsFile.read(InputStream.nullInputStream(), "empty");
        return Settings.read(empty, environment, List.of());
    }

    private static String defaultPort() throws IOException {
        return Integer.toString(settings(Map.of()).get(HttpConfig.class).port());
    }

    private Map<String, String> imageEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        Matcher pair = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)").matcher(only("ENV"));
        while (pair.find()) {
            environment.put(pair.group(1), pair.group(2).replace("\"", ""));
        }
        return environment;
    }

    private List<String> arguments(String instruction) {
        return dockerfile.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    private String only(String instruction) {
        assertThat(arguments(instruction)).hasSize(1);
        return arguments(instruction).get(0);
    }

    private static List<String> list(String json) throws IOException {
        List<String> words = new ArrayList<>();
        JSON.readTree(json).forEach(word -> words.add(word.asText()));
        return words;
    }

    /** The instructions of the Dockerfile, each on one line. */
    private static List<String> instructions() {
        try {
            List<String> lines = Files.readAllLines(Path.of("Dockerfile")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            return String.join("\n", lines)
                    .replaceAll("\\\\\\n\\s*", " ")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode compose() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("docker-compose.yml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        compose.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    private JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return environment;
    }
}
