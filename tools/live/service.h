/** Requests executed on the reference host; bytes come and go through the shared file. */
#ifndef LIVE_SERVICE_H
#define LIVE_SERVICE_H

#include "aerogpu/host.h"
#include "runtime/live_wire.h"

struct service {
    int memory;              /**< the shared file */
    const char *device_name; /**< for aerogpu_host_create */
    struct aerogpu_host *host;

    /* The submission in execution: what it lists, and what came of it. */
    struct live_wire_entry *entries;
    uint32_t entry_count;
    struct live_wire_report reports[LIVE_WIRE_REPORTS_MAX];
    uint32_t report_count;
    struct aerogpu_host_image image; /**< presented, or read; without bytes: none */
};

/**
 * Answers a request. Returns NULL, or a static sentence that says why nothing can be answered: the
 * request is none, or the shared file does not hold what it names.
 */
const char *service_answer(struct service *service, const struct live_wire_request *request,
                           struct live_wire_reply *reply);

/** Destroys the host. A zeroed service is fine. */
void service_finish(struct service *service);

#endif
