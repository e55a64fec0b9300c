/* The reference: a controller that does nothing but answer. Each event of a sensor sN becomes one set of its light lN.
 *
 *     echo PORT VENUE QOS
 *
 * Subscribes at QOS and answers with the quality of service of the event. Says "online" where a controller would.
 */
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>

static const char *venue;
static int qos;
static unsigned long answered;

static void on_connect(struct mosquitto *client, void *data, int code)
{
    (void)data;
    if (code)
        exit(1);
    char filter[200];
    snprintf(filter, sizeof filter, "%s/+/+/event/+", venue);
    mosquitto_subscribe(client, NULL, filter, qos);
}

static void on_subscribe(struct mosquitto *client, void *data, int id, int count, const int *granted)
{
    (void)data, (void)id, (void)count, (void)granted;
    char topic[200];
    const char *body = "{\"state\":\"online\"}";
    snprintf(topic, sizeof topic, "%s/controller/house/status", venue);
    mosquitto_publish(client, NULL, topic, (int)strlen(body), body, 1, true);
}

static void on_message(struct mosquitto *client, void *data, const struct mosquitto_message *message)
{
    (void)data;
    char hall[64], topic[200], body[160];
    int sensor;
    if (sscanf(message->topic + strlen(venue), "/%63[^/]/s%d/event/", hall, &sensor) != 2)
        return;
    bool occupied = memmem(message->payload, (size_t)message->payloadlen, "true", 4) != NULL;
    snprintf(topic, sizeof topic, "%s/%s/l%d/set", venue, hall, sensor);
    int length = snprintf(body, sizeof body, "{%s,\"id\":\"%016lx\",\"epoch\":1}",
                          occupied ? "\"look\":\"warm\",\"level\":0.8,\"colour\":\"#ffc58f\"" : "\"level\":0.0", ++answered);
    mosquitto_publish(client, NULL, topic, length, body, message->qos, false);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    venue = argv[2];
    qos = atoi(argv[3]);
    mosquitto_lib_init();
    struct mosquitto *client = mosquitto_new("echo", true, NULL);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_int_option(client, MOSQ_OPT_SEND_MAXIMUM, 65535);
    mosquitto_connect_callback_set(client, on_connect);
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_message_callback_set(client, on_message);
    if (mosquitto_connect(client, "127.0.0.1", atoi(argv[1]), 60))
        return 1;
    return mosquitto_loop_forever(client, -1, 1);
}
