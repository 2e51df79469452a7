#include "dxbc/check.h"

#include "dxbc/internal.h"
#include "dxbc/reader.h"
#include "dxbc/scan.h"

#define INPUT  (1u << DXBC_SIGNATURE_INPUT)
#define OUTPUT (1u << DXBC_SIGNATURE_OUTPUT)
#define PATCH  (1u << DXBC_SIGNATURE_PATCH)

/* Signatures a host cannot do without. */
static const uint8_t needed_signatures[DXBC_PROGRAMS] = {
    [DXBC_PROGRAM_PIXEL] = INPUT | OUTPUT,          [DXBC_PROGRAM_VERTEX] = INPUT | OUTPUT,
    [DXBC_PROGRAM_GEOMETRY] = INPUT | OUTPUT,       [DXBC_PROGRAM_HULL] = INPUT | OUTPUT | PATCH,
    [DXBC_PROGRAM_DOMAIN] = INPUT | OUTPUT | PATCH,
};

static bool check_element(const struct dxbc_signature *signature, uint32_t index,
                          const char **reason)
{
    struct dxbc_element element, other;

    dxbc_signature_element(signature, index, &element);
    if (element.mask == 0)
        return dxbc_refuse(reason, "a signature entry has an empty mask");
    if (element.stream != 0)
        return dxbc_refuse(reason, "a signature entry is on a stream other than 0");
    for (uint32_t i = 0; i < index; i++) {
        dxbc_signature_element(signature, i, &other);
        if (other.register_index == element.register_index &&
            other.register_index != DXBC_REGISTER_NONE &&
            other.system_value != element.system_value)
            return dxbc_refuse(reason, "two signature entries disagree about one register");
    }
    return true;
}

static bool has_value(const struct dxbc_signature *signature, uint32_t system_value)
{
    struct dxbc_element element;

    for (uint32_t i = 0; i < signature->count; i++) {
        dxbc_signature_element(signature, i, &element);
        if (element.system_value == system_value)
            return true;
    }
    return false;
}

static char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

/* Some compilers leave the system value of targets 0; the name says it as well. */
static bool has_target_name(const struct dxbc_signature *signature)
{
    static const char target[] = "SV_TARGET";
    struct dxbc_element element;

    for (uint32_t i = 0; i < signature->count; i++) {
        uint32_t at = 0;

        dxbc_signature_element(signature, i, &element);
        while (target[at] && upper(element.name[at]) == target[at])
            at++;
        if (!target[at] && !element.name[at])
            return true;
    }
    return false;
}

static bool check_outputs(const struct dxbc_signature *outputs, enum dxbc_program program,
                          const char **reason)
{
    if (program == DXBC_PROGRAM_VERTEX && !has_value(outputs, DXBC_SV_POSITION))
        return dxbc_refuse(reason, "a vertex shader has no position output");
    if (program == DXBC_PROGRAM_PIXEL && !has_value(outputs, DXBC_SV_TARGET) &&
        !has_value(outputs, DXBC_SV_DEPTH) && !has_target_name(outputs))
        return dxbc_refuse(reason, "a pixel shader has neither target nor depth output");
    return true;
}

static bool check_signature(const struct dxbc_reader *reader, enum dxbc_signature_kind kind,
                            enum dxbc_program program, const char **reason)
{
    struct dxbc_signature signature;

    if (!dxbc_reader_signature(reader, kind, &signature, reason))
        return false;
    if (!signature.data) {
        if (needed_signatures[program] >> kind & 1)
            return dxbc_refuse(reason, "a signature the program type needs is missing");
        return true;
    }
    for (uint32_t i = 0; i < signature.count; i++)
        if (!check_element(&signature, i, reason))
            return false;
    return kind != DXBC_SIGNATURE_OUTPUT || check_outputs(&signature, program, reason);
}

bool dxbc_container_check(const void *container, size_t capacity_bytes, enum dxbc_program program,
                          const char **reason)
{
    struct dxbc_reader reader;
    struct dxbc_chunk code;
    struct dxbc_scan scan;

    if (!dxbc_reader_init(&reader, container, capacity_bytes, reason) ||
        !dxbc_reader_code(&reader, &code, reason) ||
        !dxbc_scan_tokens(code.data, code.size_bytes / 4, &scan, reason))
        return false;
    if (!dxbc_reader_hash_matches(&reader))
        return dxbc_refuse(reason, "the checksum is wrong");
    if (scan.program != program)
        return dxbc_refuse(reason, "the program is of another type than the packet says");
    if (scan.gs_streams > 1)
        return dxbc_refuse(reason, "a geometry shader uses a stream other than 0");
    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++)
        if (!check_signature(&reader, kind, program, reason))
            return false;
    return true;
}
