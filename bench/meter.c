/* Speaks as all the sensors and listens as all the lights; times each event until the set of its light.
 *
 *     meter PORT VENUE HALL SENSORS
 *
 * Does one command a line of stdin and answers each with one line of JSON; ends with stdin:
 *
 *     await TOPIC TEXT SECONDS      until a message on TOPIC holds TEXT
 *     prepare                       waits for silence, switches half of the sensors on, warms up; not measured
 *     open QOS RATE SECONDS         open loop: RATE events a second, the gaps between them exponential
 *     closed QOS WINDOW SECONDS     closed loop: always WINDOW events on their way
 *
 * Matching. A sensor's n-th event and its light's n-th set belong together; "occupied" must be answered by a look and
 * "empty" by none, so one that was lost is noticed at once and does not shift those behind it.
 * Order. Turn k switches sensor k on and sensor k + half off, round and round: after `prepare` half of all scenes run at
 * any instant, and starts and ends are equally many.
 */
#include <math.h>
#include <mosquitto.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#define WARM_EVENTS 600
#define QUIET_SECONDS 0.4
#define GIVE_UP_SECONDS 4.0

struct event { double sent; int next; bool on; };

static struct mosquitto *client;
static const char *venue, *hall;
static int sensors;

static struct event *events;
static int event_count, event_room;
static int *head, *tail; /* per sensor: its events on their way, -1 for none */
static long turn;
static int in_flight;

static double *latencies;
static int latency_count, latency_room;
static double until, heard_at; /* what comes later than `until` is no part of the rate */
static long sent, lost, unexpected, in_time;

static int connected, subscribed = -1;
static char awaited_topic[200], awaited_text[100];
static bool awaited_came;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void fail(const char *why)
{
    printf("{\"error\": \"%s\"}\n", why);
    fflush(stdout);
    exit(1);
}

/* libmosquitto */

static void on_connect(struct mosquitto *c, void *data, int code)
{
    (void)c, (void)data;
    if (code)
        fail("the broker refuses");
    connected = 1;
}

static void on_subscribe(struct mosquitto *c, void *data, int id, int count, const int *granted)
{
    (void)c, (void)data, (void)id;
    subscribed = count ? granted[0] : -1;
}

static void take(int sensor, bool look)
{
    heard_at = now();
    while (head[sensor] >= 0) {
        struct event *one = &events[head[sensor]];
        head[sensor] = one->next;
        in_flight--;
        if (one->on != look) {
            lost++;
            continue;
        }
        if (latency_count == latency_room)
            latencies = realloc(latencies, sizeof *latencies * (size_t)(latency_room = latency_room * 2 + 4096));
        latencies[latency_count++] = heard_at - one->sent;
        in_time += heard_at <= until;
        return;
    }
    unexpected++;
}

static void on_message(struct mosquitto *c, void *data, const struct mosquitto_message *message)
{
    (void)c, (void)data;
    int light, end = 0;
    if (!strcmp(message->topic, awaited_topic)) {
        awaited_came |= memmem(message->payload, (size_t)message->payloadlen, awaited_text, strlen(awaited_text)) != NULL;
        return;
    }
    if (sscanf(message->topic + strlen(venue), "/%*[^/]/l%d/set%n", &light, &end) == 1 && end && light < sensors)
        take(light, memmem(message->payload, (size_t)message->payloadlen, "\"look\"", 6) != NULL);
}

/* Waits at most `seconds` for the socket and lets the library do what there is to do. */
static void turn_once(double seconds)
{
    static double misc_at;
    struct pollfd fd = {mosquitto_socket(client), (short)(POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0)), 0};
    if (seconds < 0)
        seconds = 0;
    struct timespec wait = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};
    int ready = ppoll(&fd, 1, &wait, NULL), code = 0;
    if (ready > 0 && (fd.revents & POLLOUT))
        code = mosquitto_loop_write(client, 1);
    if (ready > 0 && !code && (fd.revents & (POLLIN | POLLHUP | POLLERR)))
        code = mosquitto_loop_read(client, 1);
    if (!code && now() > misc_at) {
        code = mosquitto_loop_misc(client);
        misc_at = now() + 1;
    }
    if (code)
        fail(mosquitto_strerror(code));
}

static void listen_at(int qos)
{
    static int listens = -1;
    char filter[200];
    if (qos == listens)
        return;
    listens = qos;
    subscribed = -1;
    snprintf(filter, sizeof filter, "%s/+/+/set", venue);
    mosquitto_subscribe(client, NULL, filter, qos);
    while (subscribed != qos)
        turn_once(0.1);
}

/* Events */

static void say(int sensor, bool on, int qos)
{
    char topic[200], body[40];
    if (event_count == event_room)
        events = realloc(events, sizeof *events * (size_t)(event_room = event_room * 2 + 4096));
    snprintf(topic, sizeof topic, "%s/%s/s%d/event/presence", venue, hall, sensor);
    int length = snprintf(body, sizeof body, "{\"occupied\":%s}", on ? "true" : "false");
    events[event_count] = (struct event){now(), -1, on};
    if (head[sensor] < 0)
        head[sensor] = event_count;
    else
        events[tail[sensor]].next = event_count;
    tail[sensor] = event_count++;
    in_flight++;
    sent++;
    int code = mosquitto_publish(client, NULL, topic, length, body, qos, false);
    if (code)
        fail(mosquitto_strerror(code));
}

static void say_next(int qos)
{
    long k = turn++;
    bool on = k % 2 == 0;
    say((int)((k / 2 + (on ? 0 : sensors / 2)) % sensors), on, qos);
}

static void begin(int qos)
{
    listen_at(qos);
    event_count = latency_count = in_flight = 0;
    sent = lost = unexpected = in_time = 0;
    until = INFINITY;
    for (int i = 0; i < sensors; i++)
        head[i] = -1;
    heard_at = now();
}

static void drain(void)
{
    heard_at = now();
    while (in_flight && now() - heard_at < GIVE_UP_SECONDS)
        turn_once(0.05);
    lost += in_flight;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at(double share)
{
    return latency_count ? latencies[(int)((latency_count - 1) * share)] * 1e3 : -1;
}

static void answer(double seconds)
{
    qsort(latencies, (size_t)latency_count, sizeof *latencies, by_size);
    printf("{\"seconds\": %.3f, \"sent\": %ld, \"answered\": %d, \"lost\": %ld, \"unexpected\": %ld, \"rate\": %.1f, "
           "\"p50_ms\": %.4f, \"p99_ms\": %.4f, \"p999_ms\": %.4f, \"max_ms\": %.4f}\n",
           seconds, sent, latency_count, lost, unexpected, (double)in_time / seconds, at(0.5), at(0.99), at(0.999), at(1));
    fflush(stdout);
}

/* Commands */

static void await(double seconds)
{
    double began = now();
    awaited_came = false;
    mosquitto_subscribe(client, NULL, awaited_topic, 1);
    while (!awaited_came && now() - began < seconds)
        turn_once(0.1);
    printf("{\"came\": %s}\n", awaited_came ? "true" : "false");
    fflush(stdout);
}

static void closed(int qos, int window, double seconds)
{
    begin(qos);
    double began = now();
    until = began + seconds;
    while (now() < until) {
        while (in_flight < window)
            say_next(qos);
        turn_once(0.05);
        if (now() - heard_at > GIVE_UP_SECONDS)
            break;
    }
    drain();
    answer(seconds);
}

static void open_loop(int qos, double rate, double seconds)
{
    begin(qos);
    double began = now(), due = began;
    while (due < began + seconds) {
        while (now() < due)
            turn_once(due - now());
        say_next(qos);
        due += -log(1 - drand48()) / rate;
    }
    drain();
    answer(seconds);
}

static void prepare(void)
{
    begin(1);
    double began = now();
    for (long before = -1; before != unexpected; ) {
        before = unexpected;
        for (double quiet = now() + QUIET_SECONDS; now() < quiet; )
            turn_once(quiet - now());
    }
    double quiet_after = now() - began - QUIET_SECONDS;
    long first = unexpected;
    begin(1);
    turn = 0;
    for (long k = 0; k < (sensors - sensors / 2) * (sensors > 1) + WARM_EVENTS; k++) {
        if (sensors > 1 && k < sensors - sensors / 2)
            say(sensors / 2 + (int)k, true, 1);
        else
            say_next(1);
        while (in_flight >= 50 && now() - heard_at < GIVE_UP_SECONDS)
            turn_once(0.05);
    }
    drain();
    printf("{\"first_sets\": %ld, \"quiet_after\": %.3f, \"sent\": %ld, \"lost\": %ld, \"unexpected\": %ld}\n",
           first, quiet_after, sent, lost, unexpected);
    fflush(stdout);
}

static void obey(void)
{
    char line[400];
    int qos, window;
    double rate, seconds;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "await %199s %99s %lf", awaited_topic, awaited_text, &seconds) == 3)
            await(seconds);
        else if (!strncmp(line, "prepare", 7))
            prepare();
        else if (sscanf(line, "open %d %lf %lf", &qos, &rate, &seconds) == 3)
            open_loop(qos, rate, seconds);
        else if (sscanf(line, "closed %d %d %lf", &qos, &window, &seconds) == 3)
            closed(qos, window, seconds);
        else
            fail("no such command");
    }
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_TIMERSLACK, 1);
    venue = argv[2], hall = argv[3], sensors = atoi(argv[4]);
    head = malloc(sizeof *head * (size_t)sensors), tail = malloc(sizeof *tail * (size_t)sensors);
    srand48(1);
    mosquitto_lib_init();
    client = mosquitto_new("meter", true, NULL);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_int_option(client, MOSQ_OPT_SEND_MAXIMUM, 65535);
    mosquitto_connect_callback_set(client, on_connect);
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_message_callback_set(client, on_message);
    if (mosquitto_connect(client, "127.0.0.1", atoi(argv[1]), 600))
        fail("no broker");
    while (!connected)
        turn_once(0.1);
    obey();
    mosquitto_disconnect(client);
    return 0;
}
