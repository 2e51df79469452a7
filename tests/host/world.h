/** A host with guest memory, a stream under construction, and a scene to draw with. */
#ifndef TESTS_HOST_WORLD_H
#define TESTS_HOST_WORLD_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include "aerogpu/host.h"
#include "stream/emit.h"

enum {
    TARGET = 1, /**< RGBA8, EXTENT x EXTENT, host-owned */
    DEPTH,      /**< D32, the same size */
    VERTICES,   /**< float4 position, float4 colour */
    INDICES,
    CONSTANTS, /**< scale and offset of triangle_vs */
    TINT,      /**< of triangle_ps */
    COLOR_VS,  /**< triangle_vs */
    COLOR_PS,  /**< triangle_ps: colour times tint */
    SAMPLE_PS, /**< depth_ps: t3 at the colour's x, y to targets 0 and 1, depth is the colour's x */
    LAYOUT,
    LOD_PS,   /**< t3 as 2D texture at the colour's x, y and mip w (add_lookup) */
    ARRAY_PS, /**< t3 as 2D array at the colour's x, y, layer z and mip w */
    POINT_SAMPLER,
    FREE, /**< handles from here on are the test's */

    EXTENT = 64,
    ALLOCATION = 9,
    GUEST_BYTES = 1 << 16,
    GUEST_GPA = 0x40000,
};

struct vertex {
    float position[4];
    float color[4];
};

struct world {
    struct aerogpu_host *host;
    struct stream stream;
    uint8_t memory[1 << 18];
    uint8_t guest[GUEST_BYTES];
    struct aerogpu_alloc_entry entry; /**< of ALLOCATION */
    uint32_t errors;
    uint32_t context_id; /**< of the first error, as rule and text */
    char rule[64];       /**< of the first error */
    char text[256];
    char last_rule[64]; /**< of the last error */
    char last_text[256];
    uint32_t offset_bytes;
    uint32_t shown; /**< presented images */
    uint32_t shown_width;
    uint32_t shown_texel; /**< the first, as 0xRRGGBBAA of an RGBA8 image */
    /** Called after each packet, unless NULL. */
    void (*observe)(struct world *world, const struct aerogpu_packet *packet);
    uint32_t observed[16]; /**< what it found, in order */
    uint32_t observed_count;
    uint32_t observed_failures;

    /* What add_state sends; tests change it first. */
    struct aerogpu_blend_state blend;
    struct aerogpu_depth_stencil_state depth;
    struct aerogpu_rasterizer_state raster;
    struct stream_viewport viewport;
    struct stream_scissor scissor;
    struct stream_targets targets;
    uint32_t topology;
};

struct world *world_create(bool is_lenient);

/** The same with a limit of device memory, 0: the host's own. */
struct world *world_create_limited(bool is_lenient, uint64_t memory_limit_bytes);
void world_destroy(struct world *world);

/** Submits what was added and begins the next stream. */
enum aerogpu_host_error world_submit(struct world *world);

/** Submits what must be right. */
void world_run(struct world *world);

/** Creates everything named above and clears the target to black, depth to 1. */
void add_scene(struct world *world);

/** Sends all bound state, with the colour shaders. */
void add_state(struct world *world);

/** A strict world with the scene and a red quad that has still to be drawn. */
struct world *world_with_quad(float left, float top, float right, float bottom, float z);

/** Draws the quad with the state as it is, destroys the world, and returns a texel of the target.
 */
uint32_t world_drawn(struct world *world, uint32_t x, uint32_t y);

/** Replaces vertices from `first` on. */
void add_vertices(struct world *world, uint32_t first, const struct vertex *vertices,
                  uint32_t count);

/** Two clockwise triangles, in vertices 0 to 5, that cover a rectangle of clip space. */
void add_quad(struct world *world, float left, float top, float right, float bottom, float z,
              const float color[4]);

void add_texture(struct world *world, uint32_t handle, uint32_t format, uint32_t usage_flags,
                 uint32_t width, uint32_t height, uint32_t mips);
void add_upload(struct world *world, uint32_t handle, uint64_t offset_bytes, const void *bytes,
                uint32_t size_bytes);
void add_clear(struct world *world, float r, float g, float b, float a);
void add_shader(struct world *world, uint32_t handle, uint32_t stage, const char *name);

/** Makes a texture t3, with a sampler of this filter in s1, for SAMPLE_PS, and binds them. */
void add_sampling(struct world *world, uint32_t texture, uint32_t sampler, uint32_t filter,
                  uint32_t address);

/** Makes a shader of a program's text (dxbc/asm.h). */
void add_program(struct world *world, uint32_t handle, uint32_t stage, const char *text);

/** Makes LOD_PS, ARRAY_PS and POINT_SAMPLER. */
void add_lookups(struct world *world);

/**
 * Draws the whole target with what LOD_PS or ARRAY_PS finds in a texture or view: at u, v, layer
 * and mip. Replaces the vertices and all state.
 */
void add_lookup(struct world *world, uint32_t shader, uint32_t texture, const float place[4]);

void add_view(struct world *world, uint32_t view,
              const struct aerogpu_cmd_create_texture_view *cmd);

void add_copy(struct world *world, const struct aerogpu_cmd_copy_texture2d *copy);
void add_buffer_copy(struct world *world, const struct aerogpu_cmd_copy_buffer *copy);

/** RGBA8 texel of mip 0, layer 0 as 0xRRGGBBAA. */
uint32_t texel(struct world *world, uint32_t handle, uint32_t x, uint32_t y);

/** The same of any subresource. */
uint32_t texel_at(struct world *world, uint32_t handle, uint32_t mip, uint32_t layer, uint32_t x,
                  uint32_t y);

/** Whether two texels differ by at most `tolerance` in every channel. */
bool is_near(uint32_t texel, uint32_t expected, int tolerance);

/** Runs a suite of tests as TAP; the exit status of the program. */
int world_main(const char *name, const TTest *const *tests, size_t count);

#endif
