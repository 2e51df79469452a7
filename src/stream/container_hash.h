/**
 * Checksum of a DXBC container: MD5 with a padding of its own, over everything behind the checksum.
 */
#ifndef STREAM_CONTAINER_HASH_H
#define STREAM_CONTAINER_HASH_H

#include <stddef.h>
#include <stdint.h>

/** Hashes size_bytes bytes (of a container: from +20 to its end) into four words. */
void stream_container_hash(const uint8_t *bytes, size_t size_bytes, uint32_t hash[4]);

#endif
