/**
 * Checksum of a shader container: MD5's rounds over everything behind the checksum itself, with a
 * padding of its own. Host notes 2.
 */
#ifndef DXBC_HASH_H
#define DXBC_HASH_H

#include <stdint.h>

#define DXBC_HASH_SIZE 16u

/** First byte the checksum covers: behind the magic and the checksum. */
#define DXBC_HASH_START 20u

/**
 * Computes the checksum that belongs at byte 4 of the container. size_bytes is the container's
 * total size, at least DXBC_HASH_START; bytes before DXBC_HASH_START are not read.
 */
void dxbc_hash(const void *container, uint32_t size_bytes, uint8_t hash[DXBC_HASH_SIZE]);

#endif
