/**
 * Finds in a shader what the translator is known to get wrong, before it gets it wrong. Host notes
 * 4: vkd3d-shader 1.2 often succeeds with code that computes something else.
 */
#ifndef HOST_PRESCAN_H
#define HOST_PRESCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Looks at every instruction of a program. is_newer: the translator is a later release than 1.2, to
 * which is left what 1.2 refuses by itself. False with the name of the construct and a static
 * sentence when it must not be translated.
 */
bool host_prescan(const void *tokens, size_t supplied_dwords, bool is_newer, const char **name,
                  const char **reason);

#endif
