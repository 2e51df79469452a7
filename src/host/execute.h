/** Packets to handlers. */
#ifndef HOST_EXECUTE_H
#define HOST_EXECUTE_H

#include <stddef.h>

struct aerogpu_host;

/**
 * Executes the packets of a stream, recording device work. Errors are reported; strict hosts stop
 * at the first one.
 */
void host_execute(struct aerogpu_host *host, const void *bytes, size_t capacity_bytes);

#endif
