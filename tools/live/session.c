#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool fail(const char *sentence)
{
    fprintf(stderr, "aerogpu-live-host: %s\n", sentence);
    return false;
}

/* Not to block, this end reads requests before anybody writes, and holds both ends of the replies.
 * The program opens requests first: it finds a reader, or none and fails. */
bool session_open(struct session *session, const struct place *place, const char *device_name)
{
    memset(session, 0, sizeof(*session));
    session->place = place;
    session->service.device_name = device_name;
    session->request = place_open(place, LIVE_WIRE_REQUEST, O_RDONLY | O_NONBLOCK);
    session->reply = place_open(place, LIVE_WIRE_REPLY, O_RDWR | O_NONBLOCK);
    session->service.memory = place_open(place, LIVE_WIRE_MEMORY, O_RDWR);
    return session->request >= 0 && session->reply >= 0 && session->service.memory >= 0;
}

static void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

void session_close(struct session *session)
{
    close_file(&session->request);
    close_file(&session->reply);
    close_file(&session->service.memory);
    service_finish(&session->service);
    session->service.memory = -1;
}

/* The program closed its end. A FIFO that once had a writer says so for ever; a new reader waits
 * for the next one. What the old program did not read is not for the next. */
static bool renew(struct session *session)
{
    const int request = place_open(session->place, LIVE_WIRE_REQUEST, O_RDONLY | O_NONBLOCK);
    struct live_wire_reply unread;

    close(session->request);
    session->request = request;
    while (read(session->reply, &unread, sizeof(unread)) > 0)
        continue;
    if (session->received_bytes > 0)
        fail("the program went away in the middle of a request");
    session->received_bytes = 0;
    return request >= 0;
}

static bool answer(struct session *session)
{
    struct live_wire_reply reply;
    const char *error = service_answer(&session->service, &session->received, &reply);

    session->received_bytes = 0;
    if (error != NULL)
        return fail(error);
    if (write(session->reply, &reply, sizeof(reply)) != (ssize_t)sizeof(reply))
        return fail("the program does not read its replies");
    return true;
}

bool session_receive(struct session *session)
{
    const ssize_t got =
        read(session->request, (uint8_t *)&session->received + session->received_bytes,
             sizeof(session->received) - session->received_bytes);

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (got < 0)
        return fail(strerror(errno));
    if (got == 0)
        return renew(session);
    session->received_bytes += (size_t)got;
    return session->received_bytes < sizeof(session->received) || answer(session);
}
