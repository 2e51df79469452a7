/**
 * Shader containers to SPIR-V: vkd3d-shader in a child process with a time limit, because damaged
 * or hostile tokens make it abort, crash or hang (host notes 1). Nothing else knows the library.
 */
#ifndef HOST_TRANSLATE_H
#define HOST_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/scan.h"

enum {
    /** Binding numbers in a shader's descriptor set. Host notes 6. */
    HOST_BINDING_CONSTANT_BUFFER = 0,
    HOST_BINDING_SAMPLER = 16,
    HOST_BINDING_TEXTURE = 32,
    HOST_BINDING_BUFFER = 200,
    HOST_BINDING_UAV = 380,
    HOST_BINDING_COUNTER = 400,
    HOST_TRANSLATE_TEXT_BYTES = 240,
};

struct host_translation {
    uint32_t *words; /**< SPIR-V, free()d by the caller */
    size_t size_bytes;
    char text[HOST_TRANSLATE_TEXT_BYTES]; /**< why it failed */
};

/** Whether the library is a later release than 1.2, the one that the pre-scan was measured with. */
bool host_translator_is_newer(void);

/**
 * Translates a normalised container whose descriptors go to descriptor set `set`. False with a
 * sentence in translation->text.
 */
bool host_translate(const void *container, size_t size_bytes, uint32_t set,
                    struct host_translation *translation);

#endif
