#include "describe.h"

#include <stdlib.h>

#include "aerogpu_unaligned.h"
#include "dxbc/disasm.h"
#include "dxbc/reader.h"
#include "json.h"

void describe_symbol(FILE *out, const char *name, const struct symbol_set *set, uint32_t value)
{
    const char *symbol = stream_symbol_find(set, value);

    if (symbol)
        fprintf(out, ",\"%s\":\"%s\"", name, symbol);
    else
        fprintf(out, ",\"%s\":%u", name, value);
}

static void write_flags(FILE *out, const char *name, const struct symbol_set *set, uint32_t value)
{
    const char *between = "";

    fprintf(out, ",\"%s\":\"", name);
    for (uint32_t i = 0; i < set->count; i++) {
        if ((value & set->symbols[i].value) == 0)
            continue;
        fprintf(out, "%s%s", between, set->symbols[i].name);
        between = " | ";
    }
    if (value & ~stream_symbol_mask(set))
        fprintf(out, "%s0x%x", between, value & ~stream_symbol_mask(set));
    fputc('"', out);
}

uint32_t describe_buffer(struct pool *pool, const struct aerogpu_cmd_create_buffer *cmd)
{
    struct pool_draft draft;

    if (!pool_begin(&draft))
        return POOL_NULL;
    fprintf(draft.out, "{\"size\":%llu,\"alloc_id\":%u", (unsigned long long)cmd->size_bytes,
            cmd->backing_alloc_id);
    write_flags(draft.out, "usage", &stream_usage_flags, cmd->usage_flags);
    fputc('}', draft.out);
    return pool_end(pool, &draft);
}

uint32_t describe_texture(struct pool *pool, const struct aerogpu_cmd_create_texture2d *cmd)
{
    struct pool_draft draft;

    if (!pool_begin(&draft))
        return POOL_NULL;
    fprintf(draft.out,
            "{\"width\":%u,\"height\":%u,\"mips\":%u,\"layers\":%u,\"pitch\":%u,\"alloc_id\":%u",
            cmd->width, cmd->height, cmd->mip_levels, cmd->array_layers, cmd->row_pitch_bytes,
            cmd->backing_alloc_id);
    describe_symbol(draft.out, "format", &stream_formats, cmd->format);
    write_flags(draft.out, "usage", &stream_usage_flags, cmd->usage_flags);
    fputc('}', draft.out);
    return pool_end(pool, &draft);
}

uint32_t describe_sampler(struct pool *pool, const struct aerogpu_cmd_create_sampler *cmd)
{
    struct pool_draft draft;

    if (!pool_begin(&draft))
        return POOL_NULL;
    fprintf(draft.out, "{\"handle\":%u", cmd->sampler_handle);
    describe_symbol(draft.out, "filter", &stream_sampler_filters, cmd->filter);
    describe_symbol(draft.out, "u", &stream_address_modes, cmd->address_u);
    describe_symbol(draft.out, "v", &stream_address_modes, cmd->address_v);
    describe_symbol(draft.out, "w", &stream_address_modes, cmd->address_w);
    fputc('}', draft.out);
    return pool_end(pool, &draft);
}

/* Elements of an ILAY blob (AeroGPU protocol specification 7.2); none of one that is damaged. */
uint32_t describe_layout(struct pool *pool, const struct aerogpu_payload *payload)
{
    const uint32_t header_bytes = sizeof(struct aerogpu_input_layout_blob_header);
    const uint32_t element_bytes = sizeof(struct aerogpu_input_layout_element_dxgi);
    struct pool_draft draft;
    uint32_t count = 0;

    if (!pool_begin(&draft))
        return POOL_NULL;
    if (payload->size_bytes >= header_bytes &&
        aerogpu_load_u32(payload->bytes) == AEROGPU_INPUT_LAYOUT_BLOB_MAGIC)
        count = aerogpu_load_u32(payload->bytes +
                                 offsetof(struct aerogpu_input_layout_blob_header, element_count));
    if (count > (payload->size_bytes - header_bytes) / element_bytes)
        count = 0;
    fputs("{\"elements\":[", draft.out);
    for (uint32_t i = 0; i < count; i++) {
        const struct aerogpu_input_layout_element_dxgi *element =
            (const void *)(payload->bytes + header_bytes + (size_t)i * element_bytes);

        fprintf(draft.out,
                "%s{\"hash\":%u,\"index\":%u,\"format\":%u,\"slot\":%u,\"offset\":%u,"
                "\"instanced\":%u,\"step\":%u}",
                i > 0 ? "," : "", element->semantic_name_hash, element->semantic_index,
                element->dxgi_format, element->input_slot, element->aligned_byte_offset,
                element->input_slot_class, element->instance_data_step_rate);
    }
    fputs("]}", draft.out);
    return pool_end(pool, &draft);
}

static void write_text(void *user, const char *text, size_t length)
{
    fwrite(text, 1, length, user);
}

/* The program as text; a damaged one with the reason at its end. */
static void write_program(FILE *out, const struct dxbc_chunk *code, const char *reason)
{
    char *text = NULL;
    size_t size_bytes = 0;
    FILE *stream = open_memstream(&text, &size_bytes);
    const struct dxbc_text_sink sink = { .write = write_text, .user = stream };

    fputs(",\"text\":", out);
    if (!stream) {
        fputs("null", out);
        return;
    }
    if (!code || !dxbc_disassemble(code->data, code->size_bytes / 4, &sink, &reason))
        fprintf(stream, "; %s\n", reason);
    fclose(stream);
    json_string(out, text, size_bytes);
    free(text);
}

/* Upper-case FNV-1a: what an input layout calls the name by (section 7.3). */
static uint32_t name_hash(const char *name)
{
    uint32_t hash = 0x811C9DC5u;

    for (; *name; name++) {
        const char upper = *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;

        hash = (hash ^ (uint8_t)upper) * 0x01000193u;
    }
    return hash;
}

static void write_signature(FILE *out, const char *name, const struct dxbc_reader *reader,
                            enum dxbc_signature_kind kind)
{
    struct dxbc_signature signature;

    fprintf(out, ",\"%s\":[", name);
    if (!dxbc_reader_signature(reader, kind, &signature, NULL))
        signature.count = 0;
    for (uint32_t i = 0; i < signature.count; i++) {
        struct dxbc_element element;

        dxbc_signature_element(&signature, i, &element);
        fputs(i > 0 ? ",{\"name\":" : "{\"name\":", out);
        json_text(out, element.name);
        fprintf(out, ",\"index\":%u,\"register\":%u,\"mask\":%u,\"system\":%u,\"hash\":%u}",
                element.semantic_index, element.register_index, element.mask, element.system_value,
                name_hash(element.name));
    }
    fputc(']', out);
}

/* Numbers of the set bits of words. */
static void write_bits(FILE *out, const char *name, const uint32_t *words, uint32_t count)
{
    const char *between = "";

    fprintf(out, "\"%s\":[", name);
    for (uint32_t i = 0; i < count; i++) {
        if ((words[i / 32] >> i % 32 & 1) == 0)
            continue;
        fprintf(out, "%s%u", between, i);
        between = ",";
    }
    fputc(']', out);
}

static void write_declarations(FILE *out, const struct dxbc_scan *scan)
{
    static const char *const programs[DXBC_PROGRAMS] = { "ps", "vs", "gs", "hs", "ds", "cs" };

    fprintf(out, ",\"program\":\"%s_%u_%u\",\"declares\":{",
            scan->program < DXBC_PROGRAMS ? programs[scan->program] : "?", scan->major,
            scan->minor);
    write_bits(out, "b", &scan->constant_buffers, DXBC_CONSTANT_BUFFER_SLOTS);
    fputc(',', out);
    write_bits(out, "t", scan->resources, DXBC_RESOURCE_SLOTS);
    fputc(',', out);
    write_bits(out, "s", &scan->samplers, DXBC_SAMPLER_SLOTS);
    fputc(',', out);
    write_bits(out, "u", &scan->uavs, DXBC_UAV_SLOTS);
    fputs(",\"vec4s\":[", out);
    for (uint32_t i = 0; i < DXBC_CONSTANT_BUFFER_SLOTS; i++)
        fprintf(out, i > 0 ? ",%u" : "%u", scan->constant_buffer_vec4s[i]);
    fputs("]}", out);
}

uint32_t describe_shader(struct pool *pool, const struct aerogpu_cmd_create_shader_dxbc *cmd,
                         const struct aerogpu_payload *payload, struct dxbc_scan *scan,
                         bool *has_scan)
{
    const char *reason = "no shader";
    struct dxbc_reader reader;
    struct dxbc_chunk code;
    struct pool_draft draft;
    bool has_container, has_code;

    if (!pool_begin(&draft))
        return POOL_NULL;
    has_container =
        payload->bytes && dxbc_reader_init(&reader, payload->bytes, payload->size_bytes, &reason);
    has_code = has_container && dxbc_reader_code(&reader, &code, &reason);
    *has_scan = has_code && dxbc_scan_tokens(code.data, code.size_bytes / 4, scan, &reason);
    fprintf(draft.out, "{\"size\":%u", cmd->dxbc_size_bytes);
    if (cmd->stage == AEROGPU_SHADER_STAGE_COMPUTE && cmd->reserved0)
        describe_symbol(draft.out, "stage", &stream_stage_exs, cmd->reserved0);
    else
        describe_symbol(draft.out, "stage", &stream_stages, cmd->stage);
    if (*has_scan)
        write_declarations(draft.out, scan);
    if (has_container) {
        write_signature(draft.out, "inputs", &reader, DXBC_SIGNATURE_INPUT);
        write_signature(draft.out, "outputs", &reader, DXBC_SIGNATURE_OUTPUT);
    }
    write_program(draft.out, has_code ? &code : NULL, reason);
    fputc('}', draft.out);
    return pool_end(pool, &draft);
}
