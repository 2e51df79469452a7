#include "core/sampler.h"

#include "core/device.h"
#include "platform/ids.h"
#include "stream/emit.h"

/* D3D's address modes, and whether the wire has them. */
static const struct {
    uint8_t wire;
    bool is_exact;
} address_rows[] = {
    [0] = { AEROGPU_SAMPLER_ADDRESS_CLAMP_TO_EDGE, false },
    [1] = { AEROGPU_SAMPLER_ADDRESS_REPEAT, true },
    [2] = { AEROGPU_SAMPLER_ADDRESS_MIRROR_REPEAT, true },
    [3] = { AEROGPU_SAMPLER_ADDRESS_CLAMP_TO_EDGE, true },
    [4] = { AEROGPU_SAMPLER_ADDRESS_CLAMP_TO_EDGE, false },
    [5] = { AEROGPU_SAMPLER_ADDRESS_CLAMP_TO_EDGE, false },
};

static uint32_t wire_address(uint32_t d3d_mode, bool *is_exact)
{
    const uint32_t count = sizeof(address_rows) / sizeof(address_rows[0]);
    const uint32_t row = d3d_mode < count ? d3d_mode : 0;

    *is_exact &= address_rows[row].is_exact;
    return address_rows[row].wire;
}

static uint32_t wire_filter(const struct sampler_desc *desc, bool *is_exact)
{
    const int linear = desc->is_min_linear + desc->is_mag_linear + desc->is_mip_linear;

    *is_exact = (linear == 0 || linear == 3) && !desc->is_anisotropic && !desc->is_comparison &&
                !desc->is_text;
    if (desc->is_text)
        return AEROGPU_SAMPLER_FILTER_NEAREST;
    return linear > 0 || desc->is_anisotropic ? AEROGPU_SAMPLER_FILTER_LINEAR
                                              : AEROGPU_SAMPLER_FILTER_NEAREST;
}

/* In wire form; what is lost is counted. */
static struct stream_sampler describe(struct device *device, const struct sampler_desc *desc)
{
    bool is_filter_exact;
    bool is_address_exact = true;
    const struct stream_sampler wire = {
        .filter = wire_filter(desc, &is_filter_exact),
        .address_u = wire_address(desc->address[0], &is_address_exact),
        .address_v = wire_address(desc->address[1], &is_address_exact),
        .address_w = wire_address(desc->address[2], &is_address_exact),
    };

    if (!is_filter_exact)
        ledger_count(&device->ledger, LEDGER_SAMPLER_FILTER, NULL);
    if (!is_address_exact)
        ledger_count(&device->ledger, LEDGER_SAMPLER_ADDRESS, NULL);
    if (desc->has_lod_limits)
        ledger_count(&device->ledger, LEDGER_SAMPLER_LOD, NULL);
    return wire;
}

static enum result create_on_wire(struct device *device, struct sampler *sampler,
                                  const struct stream_sampler *wire)
{
    struct wddm_queue *queue = &device->queue;
    enum result result = wddm_queue_announce(queue);

    if (result != RESULT_OK)
        return result;
    result = wddm_queue_reserve(queue, sizeof(struct aerogpu_cmd_create_sampler), 0);
    if (result != RESULT_OK) {
        wddm_queue_retract(queue);
        return result;
    }
    sampler->handle = ids_next_handle();
    stream_create_sampler(&queue->stream, sampler->handle, wire);
    return RESULT_OK;
}

enum result sampler_init(struct device *device, struct sampler *sampler,
                         const struct sampler_desc *desc)
{
    struct stream_sampler wire;
    enum result result = RESULT_OK;

    object_begin(sampler, sizeof(*sampler), OBJECT_SAMPLER);
    device_adopt_object(device, &sampler->object);
    wire = describe(device, desc);
    if (device->caps.abi_minor >= SAMPLER_MINOR)
        result = create_on_wire(device, sampler, &wire);
    if (result != RESULT_OK)
        object_end(sampler, sizeof(*sampler));
    return result;
}

void sampler_finish(struct device *device, struct sampler *sampler)
{
    state_drop_sampler(&device->state, sampler);
    if (sampler->handle)
        wddm_queue_destroy(&device->queue, AEROGPU_CMD_DESTROY_SAMPLER, sampler->handle, NULL);
    object_end(sampler, sizeof(*sampler));
}
