/** The connection with the program: requests in, replies out. */
#ifndef LIVE_SESSION_H
#define LIVE_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "place.h"
#include "service.h"

struct session {
    const struct place *place;
    int request; /**< readable when there is something to receive; -1: closed */
    int reply;
    struct live_wire_request received;
    size_t received_bytes; /**< of the request that is coming in */
    struct service service;
};

/** Opens this end. Nobody is waited for. False after a sentence on standard error. */
bool session_open(struct session *session, const struct place *place, const char *device_name);

/**
 * Receives what is there and answers a request that is complete. A program that goes away ends its
 * conversation; the next one may begin its own. False after a sentence on standard error: nothing
 * can be answered any more.
 */
bool session_receive(struct session *session);

/** Closes this end: whoever waits for a reply learns that none will come. Twice is fine. */
void session_close(struct session *session);

#endif
