#include "shaders.h"

#include "aerogpu_enums.h"
#include "dxbc/disasm.h"
#include "dxbc/reader.h"

/* Indents lines as they come, or makes the inside of a JSON string of them. */
struct shader_printer {
    FILE *out;
    bool is_json;
    bool is_inside_line;
};

static void print_text(void *user, const char *text, size_t length)
{
    struct shader_printer *const printer = user;

    for (size_t i = 0; i < length; i++) {
        if (!printer->is_inside_line && !printer->is_json)
            fputs("    ", printer->out);
        if (printer->is_json && text[i] == '\n')
            fputs("\\n", printer->out);
        else
            fputc(text[i], printer->out);
        printer->is_inside_line = text[i] != '\n';
    }
}

static void print_problem(const struct shader_printer *printer, const char *reason)
{
    fprintf(printer->out, printer->is_json ? "; %s\\n" : "    ; %s\n", reason);
}

static void print_container(struct shader_printer *printer, const void *bytes, size_t size_bytes)
{
    const struct dxbc_text_sink sink = { .write = print_text, .user = printer };
    const char *reason = "no shader";
    struct dxbc_reader reader;
    struct dxbc_chunk code;

    if (!dxbc_reader_init(&reader, bytes, size_bytes, &reason) ||
        !dxbc_reader_code(&reader, &code, &reason) ||
        !dxbc_disassemble(code.data, code.size_bytes / 4, &sink, &reason))
        print_problem(printer, reason);
}

void dump_shader(FILE *out, bool is_json, const struct aerogpu_packet *packet)
{
    struct shader_printer printer = { .out = out, .is_json = is_json };
    struct aerogpu_payload payload;
    uint64_t needed_bytes;

    if (packet->opcode != AEROGPU_CMD_CREATE_SHADER_DXBC ||
        aerogpu_packet_payload(packet, &payload, &needed_bytes) != AEROGPU_PACKET_OK)
        return;
    if (is_json)
        fputs("{\"shader\":\"", out);
    print_container(&printer, payload.bytes, payload.bytes ? payload.size_bytes : 0);
    if (is_json)
        fputs("\"}\n", out);
}
