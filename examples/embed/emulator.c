/**
 * The AeroGPU host in an emulator, as small as it gets: guest memory, a doorbell, a screen.
 *
 * The guest writes a command stream, an allocation table and a submission descriptor to its memory
 * and rings a doorbell with the descriptor's address. The emulator hands stream and table to the
 * host, which reads and writes guest memory through two callbacks and shows images through a third;
 * then it completes the descriptor's fence. Formats: AeroGPU protocol specification 2, 10.3, 14.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu/host.h"
#include "guest.h"

struct emulator {
    struct guest guest;
    struct aerogpu_host *host;
    uint32_t frames;
};

/** Where a range of guest physical addresses is in our memory; NULL when it is not RAM. */
static uint8_t *guest_range(struct emulator *emulator, uint64_t gpa, uint64_t size_bytes)
{
    if (gpa > GUEST_RAM_BYTES || size_bytes > GUEST_RAM_BYTES - gpa)
        return NULL;
    return emulator->guest.ram + gpa;
}

static bool read_guest(void *user, uint64_t gpa, void *bytes, size_t size_bytes)
{
    const uint8_t *ram = guest_range(user, gpa, size_bytes);

    if (ram)
        memcpy(bytes, ram, size_bytes);
    return ram != NULL;
}

static bool write_guest(void *user, uint64_t gpa, const void *bytes, size_t size_bytes)
{
    uint8_t *ram = guest_range(user, gpa, size_bytes);

    if (ram)
        memcpy(ram, bytes, size_bytes);
    return ram != NULL;
}

/** An emulator would draw the texels to its window. They are gone when this returns. */
static void present(void *user, const struct aerogpu_host_image *image)
{
    struct emulator *emulator = user;
    uint8_t *rgba = malloc((size_t)image->width * image->height * 4);
    uint8_t hash[32];

    if (rgba && aerogpu_host_image_rgba8(image, rgba)) {
        aerogpu_host_frame_hash(image->width, image->height, rgba, hash);
        printf("frame %" PRIu32 ": %" PRIu32 "x%" PRIu32 " ", ++emulator->frames, image->width,
               image->height);
        for (size_t i = 0; i < sizeof(hash); i++)
            printf("%02x", hash[i]);
        putchar('\n');
    }
    free(rgba);
}

static void report(void *user, const struct aerogpu_message *message)
{
    (void)user;
    printf("context %" PRIu32 ", byte %" PRIu32 ": %s\n", message->context_id,
           message->offset_bytes, message->text);
}

/** Runs what a descriptor describes. Its fence is completed by the caller, however this ends. */
static enum aerogpu_host_error submit(struct emulator *emulator,
                                      const struct aerogpu_submit_desc *desc)
{
    const uint8_t *stream = guest_range(emulator, desc->cmd_gpa, desc->cmd_size_bytes);
    const uint8_t *table =
        guest_range(emulator, desc->alloc_table_gpa, desc->alloc_table_size_bytes);
    struct aerogpu_alloc_entry entries[16];
    uint32_t entry_count = 0;

    if (!stream || !table)
        return AEROGPU_HOST_OOB;
    if (desc->alloc_table_size_bytes > 0 &&
        aerogpu_alloc_table_parse(table, desc->alloc_table_size_bytes, entries, 16, &entry_count))
        return AEROGPU_HOST_CMD_DECODE;
    return aerogpu_host_submit(emulator->host, desc->context_id, stream, desc->cmd_size_bytes,
                               entries, entry_count);
}

/** The guest wrote a descriptor's address to the doorbell register. */
static void ring_doorbell(struct emulator *emulator, uint64_t desc_gpa)
{
    struct aerogpu_submit_desc desc;
    enum aerogpu_host_error error;

    if (!read_guest(emulator, desc_gpa, &desc, sizeof(desc)))
        return;
    error = submit(emulator, &desc);
    write_guest(emulator, FENCE_PAGE_GPA + offsetof(struct aerogpu_fence_page, completed_fence),
                &desc.signal_fence, sizeof(desc.signal_fence));
    printf("fence %" PRIu64 " completed, error %d\n", desc.signal_fence, (int)error);
}

int main(void)
{
    static struct emulator emulator;
    const struct aerogpu_host_config config = {
        .read_guest = read_guest,
        .write_guest = write_guest,
        .present = present,
        .report = report,
        .user = &emulator,
    };
    const char *reason = NULL;

    emulator.host = aerogpu_host_create(&config, &reason);
    if (!emulator.host) {
        fprintf(stderr, "no host: %s\n", reason);
        return EXIT_FAILURE;
    }
    ring_doorbell(&emulator, guest_draws(&emulator.guest));
    ring_doorbell(&emulator, guest_makes_a_mistake(&emulator.guest));
    aerogpu_host_destroy(emulator.host);
    return EXIT_SUCCESS;
}
