/** The bound state of a draw or dispatch, with the contents of the buffers it reads. */
#include <string.h>

#include "aerogpu/host_state.h"
#include "describe.h"
#include "json.h"
#include "model.h"

/* How much of a buffer is shown. */
enum {
    CONSTANT_BYTES = 1024,
    RESOURCE_BYTES = 256,
    VERTEX_ROWS = 16,
    VERTEX_BYTES = 4096,
    INDICES = 48,
    MAX_BYTES = 4096, /**< the largest of them */
};

static const char *const stage_names[AEROGPU_HOST_STAGES] = { "vs", "ps", "gs", "cs" };

/* What a draw takes from its vertex buffers. */
struct fetch {
    uint32_t first_vertex, first_instance;
    uint32_t first_index;
    bool is_indexed;
};

/* Writes `,"thing":N` if the handle names an object. */
static struct thing *write_thing(struct report *report, FILE *out, uint32_t handle)
{
    struct thing *thing = inventory_find(&report->inventory, handle);

    if (thing)
        fprintf(out, ",\"thing\":%u", inventory_number(&report->inventory, thing));
    return thing;
}

/* Writes `,"bytes":N`, the first bytes of a range as far as they exist. */
static void write_bytes(struct report *report, FILE *out, uint32_t handle, uint64_t offset_bytes,
                        uint64_t size_bytes)
{
    const struct thing *thing = inventory_find(&report->inventory, handle);
    uint8_t bytes[MAX_BYTES];
    struct pool_draft draft;

    if (!thing || thing->kind != THING_BUFFER || offset_bytes >= thing->size_bytes)
        return;
    if (size_bytes > thing->size_bytes - offset_bytes)
        size_bytes = thing->size_bytes - offset_bytes;
    if (size_bytes > sizeof(bytes))
        size_bytes = sizeof(bytes);
    if (!aerogpu_host_read_buffer(report->host, handle, offset_bytes, bytes, (size_t)size_bytes) ||
        !pool_begin(&draft))
        return;
    json_base64(draft.out, bytes, (size_t)size_bytes);
    fprintf(out, ",\"bytes\":%u", pool_end(&report->pool, &draft));
}

/* Ranges of one kind of slot, those that are bound. */
static void write_ranges(struct report *report, FILE *out, const char *name,
                         const struct aerogpu_host_range *ranges, uint32_t count,
                         uint64_t shown_bytes)
{
    const char *between = "";

    fprintf(out, ",\"%s\":[", name);
    for (uint32_t i = 0; i < count; i++) {
        const struct aerogpu_host_range *range = &ranges[i];
        struct thing *thing;

        if (range->handle == 0)
            continue;
        fprintf(out, "%s{\"slot\":%u,\"handle\":%u,\"offset\":%u,\"size\":%u", between, i,
                range->handle, range->offset_bytes, range->size_bytes);
        thing = write_thing(report, out, range->handle);
        if (thing && thing->kind == THING_TEXTURE && report_look_at(report, thing) != PICTURE_NONE)
            fprintf(out, ",\"picture\":%u", thing->picture);
        write_bytes(report, out, range->handle, range->offset_bytes,
                    range->size_bytes && range->size_bytes < shown_bytes ? range->size_bytes
                                                                         : shown_bytes);
        fputc('}', out);
        between = ",";
    }
    fputc(']', out);
}

/* A draw reads the guest memory of the textures its shader declares: then they hold no news. */
static void settle_textures(struct report *report, const struct aerogpu_host_stage_state *stage)
{
    const struct thing *shader = inventory_find(&report->inventory, stage->shader);

    for (uint32_t i = 0; shader && shader->scan && i < AEROGPU_HOST_RESOURCES; i++) {
        struct thing *thing = inventory_find(&report->inventory, stage->resources[i].handle);

        if (!thing || (shader->scan->resources[i / 32] >> i % 32 & 1) == 0)
            continue;
        if (thing->has_guest_news)
            thing->is_stale = true;
        thing->has_guest_news = false;
    }
}

static void write_stage(struct report *report, FILE *out, uint32_t number,
                        const struct aerogpu_host_stage_state *stage)
{
    const char *between = "";

    settle_textures(report, stage);
    fprintf(out, "%s\"%s\":{\"shader\":{\"handle\":%u", number > 0 ? "," : "", stage_names[number],
            stage->shader);
    write_thing(report, out, stage->shader);
    fputc('}', out);
    write_ranges(report, out, "b", stage->constant_buffers, AEROGPU_HOST_CONSTANT_BUFFERS,
                 CONSTANT_BYTES);
    write_ranges(report, out, "t", stage->resources, AEROGPU_HOST_RESOURCES, RESOURCE_BYTES);
    write_ranges(report, out, "u", stage->uavs, AEROGPU_HOST_UAVS, RESOURCE_BYTES);
    fputs(",\"s\":[", out);
    for (uint32_t i = 0; i < AEROGPU_HOST_SAMPLERS; i++) {
        if (stage->samplers[i] == 0)
            continue;
        fprintf(out, "%s{\"slot\":%u,\"handle\":%u", between, i, stage->samplers[i]);
        write_thing(report, out, stage->samplers[i]);
        fputc('}', out);
        between = ",";
    }
    fputs("]}", out);
}

/* Rows from the first one that the draw fetches; which that is depends on what the layout says. */
static void write_vertex_buffers(struct report *report, FILE *out,
                                 const struct aerogpu_host_state *state, const struct fetch *fetch)
{
    const uint32_t firsts[2] = { fetch->first_vertex, fetch->first_instance };
    const char *between = "";

    fputs(",\"vertex_buffers\":[", out);
    for (uint32_t i = 0; i < AEROGPU_HOST_VERTEX_BUFFERS; i++) {
        const struct aerogpu_host_vertex_buffer *buffer = &state->vertex_buffers[i];
        const uint64_t rows_bytes = (uint64_t)buffer->stride_bytes * VERTEX_ROWS;

        if (buffer->handle == 0)
            continue;
        fprintf(out, "%s{\"slot\":%u,\"handle\":%u,\"stride\":%u,\"offset\":%u", between, i,
                buffer->handle, buffer->stride_bytes, buffer->offset_bytes);
        write_thing(report, out, buffer->handle);
        fputs(",\"rows\":[", out);
        for (uint32_t k = 0; k < 2; k++) {
            fprintf(out, "%s{\"first\":%u", k > 0 ? "," : "", firsts[k]);
            write_bytes(report, out, buffer->handle,
                        buffer->offset_bytes + (uint64_t)firsts[k] * buffer->stride_bytes,
                        rows_bytes && rows_bytes < VERTEX_BYTES ? rows_bytes : VERTEX_BYTES);
            fputc('}', out);
        }
        fputs("]}", out);
        between = ",";
    }
    fputc(']', out);
}

static void write_index_buffer(struct report *report, FILE *out,
                               const struct aerogpu_host_state *state, const struct fetch *fetch)
{
    const uint32_t size_bytes = state->index_format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;

    if (state->index_buffer == 0)
        return;
    fprintf(out, ",\"index_buffer\":{\"handle\":%u,\"offset\":%u,\"first\":%u", state->index_buffer,
            state->index_offset_bytes, fetch->first_index);
    describe_symbol(out, "format", &stream_index_formats, state->index_format);
    write_thing(report, out, state->index_buffer);
    if (fetch->is_indexed)
        write_bytes(report, out, state->index_buffer,
                    state->index_offset_bytes + (uint64_t)fetch->first_index * size_bytes,
                    (uint64_t)INDICES * size_bytes);
    fputc('}', out);
}

static void write_targets(struct report *report, FILE *out, const struct aerogpu_host_state *state)
{
    fputs(",\"colors\":[", out);
    for (uint32_t i = 0; i < state->color_count; i++) {
        fprintf(out, "%s{\"slot\":%u,\"handle\":%u", i > 0 ? "," : "", i, state->colors[i]);
        write_thing(report, out, state->colors[i]);
        fputc('}', out);
    }
    fprintf(out, "],\"depth\":{\"handle\":%u", state->depth);
    write_thing(report, out, state->depth);
    fputc('}', out);
}

static void write_area(FILE *out, const struct aerogpu_host_state *state)
{
    fputs(",\"viewport\":", out);
    for (uint32_t i = 0; state->has_viewport && i < 6; i++) {
        fputc(i > 0 ? ',' : '[', out);
        json_float(out, state->viewport[i]);
    }
    fputs(state->has_viewport ? "]" : "null", out);
    if (state->has_scissor)
        fprintf(out, ",\"scissor\":[%d,%d,%d,%d]", state->scissor[0], state->scissor[1],
                state->scissor[2], state->scissor[3]);
    else
        fputs(",\"scissor\":null", out);
}

static void write_blend(FILE *out, const struct aerogpu_blend_state *blend)
{
    fprintf(out, ",\"blend\":{\"enable\":%u,\"write_mask\":%u,\"sample_mask\":%u", blend->enable,
            blend->color_write_mask, blend->sample_mask);
    describe_symbol(out, "src", &stream_blend_factors, blend->src_factor);
    describe_symbol(out, "dst", &stream_blend_factors, blend->dst_factor);
    describe_symbol(out, "op", &stream_blend_ops, blend->blend_op);
    describe_symbol(out, "src_alpha", &stream_blend_factors, blend->src_factor_alpha);
    describe_symbol(out, "dst_alpha", &stream_blend_factors, blend->dst_factor_alpha);
    describe_symbol(out, "op_alpha", &stream_blend_ops, blend->blend_op_alpha);
    fputs(",\"constant\":[", out);
    for (uint32_t i = 0; i < 4; i++) {
        float value;

        memcpy(&value, (const uint8_t *)blend->blend_constant_rgba_f32 + 4 * (size_t)i,
               sizeof(value));
        if (i > 0)
            fputc(',', out);
        json_float(out, value);
    }
    fputs("]}", out);
}

static void write_fixed(FILE *out, const struct aerogpu_host_state *state)
{
    const struct aerogpu_depth_stencil_state *depth = &state->depth_stencil;
    const struct aerogpu_rasterizer_state *raster = &state->raster;

    write_blend(out, &state->blend);
    fprintf(out,
            ",\"depth_stencil\":{\"enable\":%u,\"write\":%u,\"stencil\":%u,"
            "\"stencil_read_mask\":%u,\"stencil_write_mask\":%u",
            depth->depth_enable, depth->depth_write_enable, depth->stencil_enable,
            depth->stencil_read_mask, depth->stencil_write_mask);
    describe_symbol(out, "func", &stream_compare_funcs, depth->depth_func);
    fprintf(out, "},\"raster\":{\"front_ccw\":%u,\"scissor\":%u,\"depth_bias\":%d",
            raster->front_ccw, raster->scissor_enable, raster->depth_bias);
    fprintf(out, ",\"depth_clip\":%s",
            raster->flags & AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE ? "false" : "true");
    describe_symbol(out, "fill", &stream_fill_modes, raster->fill_mode);
    describe_symbol(out, "cull", &stream_cull_modes, raster->cull_mode);
    fputc('}', out);
}

/* The smallest vertex among the first indices, which rows are shown from. */
static uint32_t first_fetched(struct report *report, const struct aerogpu_host_state *state,
                              const struct aerogpu_cmd_draw_indexed *cmd)
{
    const uint32_t width = state->index_format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;
    const uint32_t count = cmd->index_count < INDICES ? cmd->index_count : INDICES;
    uint8_t bytes[INDICES * 4] = { 0 };
    int64_t smallest = UINT32_MAX;

    if (count == 0 ||
        !aerogpu_host_read_buffer(report->host, state->index_buffer,
                                  state->index_offset_bytes + (uint64_t)cmd->first_index * width,
                                  bytes, (size_t)count * width))
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = 0;

        memcpy(&index, bytes + (size_t)i * width, width);
        smallest = index < smallest ? index : smallest;
    }
    smallest += cmd->base_vertex;
    return smallest < 0 || smallest > UINT32_MAX ? 0 : (uint32_t)smallest;
}

/* Packets that are too short for what they promise have failed, and fetch nothing. */
static struct fetch fetch_of(struct report *report, const struct aerogpu_host_state *state,
                             const struct aerogpu_packet *packet)
{
    const struct aerogpu_cmd_draw *draw = (const void *)packet->bytes;
    const struct aerogpu_cmd_draw_indexed *indexed = (const void *)packet->bytes;

    if (packet->opcode == AEROGPU_CMD_DRAW && packet->size_bytes >= sizeof(*draw))
        return (struct fetch){ draw->first_vertex, draw->first_instance, 0, false };
    if (packet->opcode == AEROGPU_CMD_DRAW_INDEXED && packet->size_bytes >= sizeof(*indexed))
        return (struct fetch){ first_fetched(report, state, indexed), indexed->first_instance,
                               indexed->first_index, true };
    return (struct fetch){ 0 };
}

uint32_t report_state(struct report *report, const struct aerogpu_packet *packet)
{
    struct aerogpu_host_state state;
    struct pool_draft draft;
    struct fetch fetch;

    if (!pool_begin(&draft))
        return POOL_NULL;
    aerogpu_host_get_state(report->host, &state);
    fetch = fetch_of(report, &state, packet);
    fputs("{\"stages\":{", draft.out);
    for (uint32_t i = 0; i < AEROGPU_HOST_STAGES; i++)
        write_stage(report, draft.out, i, &state.stages[i]);
    fprintf(draft.out, "},\"layout\":{\"handle\":%u", state.input_layout);
    write_thing(report, draft.out, state.input_layout);
    fputc('}', draft.out);
    describe_symbol(draft.out, "topology", &stream_topologies, state.topology);
    write_vertex_buffers(report, draft.out, &state, &fetch);
    write_index_buffer(report, draft.out, &state, &fetch);
    write_targets(report, draft.out, &state);
    write_area(draft.out, &state);
    write_fixed(draft.out, &state);
    fputc('}', draft.out);
    return pool_end(&report->pool, &draft);
}
