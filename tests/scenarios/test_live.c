/*
 * The live host: what a scenario draws can be read back. The scene through the whole DDI, colours
 * by Direct3D's rules; then what a tiny driver submits: errors of execution, guest memory.
 */
#include <stdlib.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

static struct kernel *live_kernel(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.is_live = true;
    return scenario_kernel(&config);
}

/* A texel of a BGRA8 image as 0xRRGGBBAA. */
static uint32_t texel(const struct live_image *image, uint32_t x, uint32_t y)
{
    const uint8_t *at = image->bytes + ((size_t)y * image->width + x) * 4;

    return (uint32_t)at[2] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[0] << 8 | at[3];
}

/* The newest texture, freed when the test is over; without bytes if it cannot be read. */
static void finish_image(void *user)
{
    live_image_finish(user);
    free(user);
}

static const struct live_image *read_newest_texture(struct kernel *kernel)
{
    struct live_image *image = calloc(1, sizeof(*image));

    if (image == NULL)
        tap_bail_out("out of memory");
    tap_defer(finish_image, image);
    return kernel_read_texture(kernel, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_TEXTURE2D),
                               0, 0, image)
               ? image
               : NULL;
}

/* ---- The scene ---- */

#define BACKGROUND 0x002040FFu /* 0.125 * 255 rounds to 32, 0.25 * 255 to 64 */

/* One device with the scene, everything bound; NULL and a failed test without it. */
static struct kernel *with_scene(struct scene *scene)
{
    struct kernel *kernel = live_kernel();

    if (!scene_create(scene, scenario_device(kernel, RT_D3D11))) {
        tap_fail(__FILE__, __LINE__, "no scene");
        return NULL;
    }
    scene_bind(scene);
    return kernel;
}

static void a_clear_is_read_back(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);
    const struct live_image *image;

    CHECK(kernel);
    d3d_clear_target(scene.device, scene.rtv, 0.0f, 0.125f, 0.25f, 1.0f);
    d3d_flush(scene.device);
    image = read_newest_texture(kernel);
    CHECK(image);
    CHECK_EQ(image->width, SCENE_SIDE);
    CHECK_EQ(image->height, SCENE_SIDE);
    CHECK_EQ(image->format, AEROGPU_FORMAT_B8G8R8A8_UNORM);
    CHECK_EQ(image->size_bytes, SCENE_SIDE * SCENE_SIDE * 4);
    CHECK_EQ(texel(image, 0, 0), BACKGROUND);
    CHECK_EQ(texel(image, SCENE_SIDE - 1, SCENE_SIDE - 1), BACKGROUND);
}

static const struct tap_test tests[] = {
    TAP_TEST(a_clear_is_read_back),
};

TAP_MAIN(tests)
