/** SHA-256 of a frame, as host semantics 8 wants it. */
#include <sha2.h>

#include "aerogpu/host.h"
#include "aerogpu_unaligned.h"

_Static_assert(SHA256_DIGEST_LENGTH == 32, "the hash is as long as aerogpu_host_frame_hash says");

void aerogpu_host_frame_hash(uint32_t width, uint32_t height, const uint8_t *rgba, uint8_t hash[32])
{
    uint8_t header[8];
    SHA2_CTX sha;

    aerogpu_store_u32(header, width);
    aerogpu_store_u32(header + 4, height);
    SHA256Init(&sha);
    SHA256Update(&sha, header, sizeof(header));
    SHA256Update(&sha, rgba, (size_t)width * height * 4);
    SHA256Final(hash, &sha);
}
