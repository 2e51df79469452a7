#include "pictures.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu_enums.h"
#include "aerogpu_unaligned.h"
#include "json.h"

/* Of all PNGs together; a page of twice this size is still opened by browsers. */
#define PICTURES_MAX_BYTES ((size_t)160 << 20)

struct png {
    uint8_t *bytes;
    size_t size_bytes;
};

struct picture {
    uint8_t hash[32]; /**< of size and texels */
    uint32_t format;
    uint32_t width, height;
    struct png full;
    struct png small; /**< no bytes: the full one is small enough */
    struct png alpha; /**< no bytes: alpha is alpha_value everywhere */
    uint8_t alpha_value;
    float low, high; /**< of depth */
};

/* Pixels of a picture: 1 or 3 bytes each. */
struct pixels {
    uint32_t width, height, channels;
    uint8_t *bytes;
};

static bool is_depth(const struct aerogpu_host_image *image)
{
    return image->format == AEROGPU_FORMAT_D24_UNORM_S8_UINT ||
           image->format == AEROGPU_FORMAT_D32_FLOAT;
}

static bool encode(const struct pixels *pixels, struct png *png)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = pixels->width,
        .height = pixels->height,
        .format = pixels->channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB,
        .flags = PNG_IMAGE_FLAG_FAST,
    };
    png_alloc_size_t size_bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *bytes = malloc(size_bytes);
    uint8_t *kept;

    if (!bytes ||
        !png_image_write_to_memory(&image, bytes, &size_bytes, 0, pixels->bytes, 0, NULL)) {
        free(bytes);
        return false;
    }
    kept = realloc(bytes, size_bytes);
    png->bytes = kept ? kept : bytes;
    png->size_bytes = size_bytes;
    return true;
}

/* Mean of the pixels that one small pixel stands for. */
static uint8_t mean(const struct pixels *pixels, const uint32_t box[4], uint32_t channel)
{
    uint64_t sum = 0;

    for (uint32_t y = box[1]; y < box[3]; y++) {
        for (uint32_t x = box[0]; x < box[2]; x++)
            sum += pixels->bytes[((size_t)y * pixels->width + x) * pixels->channels + channel];
    }
    return (uint8_t)(sum / ((uint64_t)(box[2] - box[0]) * (box[3] - box[1])));
}

static bool encode_small(const struct pixels *pixels, struct png *png)
{
    const double scale = fmin((double)PICTURE_SMALL_WIDTH / pixels->width,
                              (double)PICTURE_SMALL_HEIGHT / pixels->height);
    struct pixels small = { .channels = pixels->channels };
    bool is_encoded;

    if (scale >= 1)
        return true;
    small.width = (uint32_t)fmax(1, pixels->width * scale);
    small.height = (uint32_t)fmax(1, pixels->height * scale);
    small.bytes = malloc((size_t)small.width * small.height * small.channels);
    if (!small.bytes)
        return false;
    for (uint32_t i = 0; i < small.width * small.height; i++) {
        const uint64_t x = i % small.width, y = i / small.width;
        const uint32_t box[4] = { (uint32_t)(x * pixels->width / small.width),
                                  (uint32_t)(y * pixels->height / small.height),
                                  (uint32_t)((x + 1) * pixels->width / small.width),
                                  (uint32_t)((y + 1) * pixels->height / small.height) };

        for (uint32_t c = 0; c < small.channels; c++)
            small.bytes[(size_t)i * small.channels + c] = mean(pixels, box, c);
    }
    is_encoded = encode(&small, png);
    free(small.bytes);
    return is_encoded;
}

/* Encodes the alpha of RGBA8 texels if it differs anywhere. gray has room for one byte a texel. */
static bool encode_alpha(struct picture *picture, const uint8_t *rgba, uint8_t *gray)
{
    const size_t count = (size_t)picture->width * picture->height;
    const struct pixels pixels = { picture->width, picture->height, 1, gray };
    bool is_uniform = true;

    for (size_t i = 0; i < count; i++) {
        gray[i] = rgba[i * 4 + 3];
        is_uniform = is_uniform && gray[i] == gray[0];
    }
    picture->alpha_value = gray[0];
    return is_uniform || encode(&pixels, &picture->alpha);
}

static bool encode_color(struct picture *picture, const uint8_t *rgba, uint8_t *bytes)
{
    const size_t count = (size_t)picture->width * picture->height;
    const struct pixels pixels = { picture->width, picture->height, 3, bytes };

    if (!encode_alpha(picture, rgba, bytes))
        return false;
    for (size_t i = 0; i < count; i++)
        memcpy(bytes + i * 3, rgba + i * 4, 3);
    return encode(&pixels, &picture->full) && encode_small(&pixels, &picture->small);
}

static float depth_of(uint32_t format, const uint8_t *texel)
{
    const uint32_t bits = aerogpu_load_u32(texel);
    float value;

    if (format == AEROGPU_FORMAT_D24_UNORM_S8_UINT)
        return (float)((bits & 0xFFFFFF) / 16777215.0);
    memcpy(&value, &bits, sizeof(value));
    return isfinite(value) ? value : 0;
}

static bool encode_depth(struct picture *picture, const uint8_t *texels, uint8_t *gray)
{
    const size_t count = (size_t)picture->width * picture->height;
    const struct pixels pixels = { picture->width, picture->height, 1, gray };

    picture->low = picture->high = depth_of(picture->format, texels);
    for (size_t i = 0; i < count; i++) {
        const float value = depth_of(picture->format, texels + i * 4);

        picture->low = fminf(picture->low, value);
        picture->high = fmaxf(picture->high, value);
    }
    for (size_t i = 0; i < count; i++) {
        const float value = depth_of(picture->format, texels + i * 4);
        const float range = picture->high - picture->low;

        gray[i] = (uint8_t)(255 * (range > 0 && isfinite(range) ? (value - picture->low) / range
                                   : value > 0                  ? fminf(value, 1)
                                                                : 0));
    }
    return encode(&pixels, &picture->full) && encode_small(&pixels, &picture->small);
}

static size_t bytes_of(const struct picture *picture)
{
    return picture->full.size_bytes + picture->small.size_bytes + picture->alpha.size_bytes;
}

static void picture_finish(struct picture *picture)
{
    free(picture->full.bytes);
    free(picture->small.bytes);
    free(picture->alpha.bytes);
}

/* Takes an encoded picture over, or refuses it. */
static uint32_t keep(struct pictures *pictures, const struct picture *picture)
{
    const uint32_t capacity = pictures->capacity ? pictures->capacity * 2 : 64;
    struct picture *grown;

    if (bytes_of(picture) > PICTURES_MAX_BYTES - pictures->size_bytes)
        return PICTURE_NONE;
    if (pictures->count == pictures->capacity) {
        grown = realloc(pictures->list, capacity * sizeof(*grown));
        if (!grown)
            return PICTURE_NONE;
        pictures->list = grown;
        pictures->capacity = capacity;
    }
    pictures->size_bytes += bytes_of(picture);
    pictures->list[pictures->count] = *picture;
    return pictures->count++;
}

static uint32_t find(const struct pictures *pictures, const struct picture *picture)
{
    for (uint32_t i = 0; i < pictures->count; i++) {
        if (pictures->list[i].format == picture->format &&
            memcmp(pictures->list[i].hash, picture->hash, sizeof(picture->hash)) == 0)
            return i;
    }
    return PICTURE_NONE;
}

/* texels has 4 bytes each: RGBA8, or depth as it is stored. */
static uint32_t add(struct pictures *pictures, const struct aerogpu_host_image *image,
                    const uint8_t *texels, uint8_t *scratch)
{
    struct picture picture = {
        .format = is_depth(image) ? image->format : AEROGPU_FORMAT_R8G8B8A8_UNORM,
        .width = image->width,
        .height = image->height,
    };
    uint32_t number;

    aerogpu_host_frame_hash(image->width, image->height, texels, picture.hash);
    number = find(pictures, &picture);
    if (number != PICTURE_NONE)
        return number;
    if (pictures->count < pictures->limit &&
        (is_depth(image) ? encode_depth(&picture, texels, scratch)
                         : encode_color(&picture, texels, scratch)))
        number = keep(pictures, &picture);
    if (number == PICTURE_NONE) {
        picture_finish(&picture);
        pictures->left_out++;
    }
    return number;
}

uint32_t pictures_add(struct pictures *pictures, const struct aerogpu_host_image *image)
{
    const size_t count = (size_t)image->width * image->height;
    uint32_t number = PICTURE_NONE;
    uint8_t *rgba = NULL;
    uint8_t *scratch;

    if (is_depth(image) && image->size_bytes < count * 4)
        return PICTURE_NONE;
    scratch = malloc(count * 3);
    if (!is_depth(image))
        rgba = malloc(count * 4);
    if (scratch && is_depth(image))
        number = add(pictures, image, image->bytes, scratch);
    else if (scratch && rgba && aerogpu_host_image_rgba8(image, rgba))
        number = add(pictures, image, rgba, scratch);
    free(scratch);
    free(rgba);
    return number;
}

static void write_png(FILE *out, const char *name, const struct png *png)
{
    if (!png->bytes)
        return;
    fprintf(out, ",\"%s\":", name);
    json_base64(out, png->bytes, png->size_bytes);
}

void pictures_write(const struct pictures *pictures, FILE *out)
{
    fputc('[', out);
    for (uint32_t i = 0; i < pictures->count; i++) {
        const struct picture *picture = &pictures->list[i];

        fprintf(out, "%s{\"width\":%u,\"height\":%u", i > 0 ? ",\n" : "", picture->width,
                picture->height);
        write_png(out, "png", &picture->full);
        write_png(out, "small", &picture->small);
        write_png(out, "alpha", &picture->alpha);
        if (picture->format == AEROGPU_FORMAT_R8G8B8A8_UNORM) {
            fprintf(out, ",\"alpha_value\":%u}", picture->alpha_value);
            continue;
        }
        fputs(",\"depth\":[", out);
        json_float(out, picture->low);
        fputc(',', out);
        json_float(out, picture->high);
        fputs("]}", out);
    }
    fputc(']', out);
}

void pictures_finish(struct pictures *pictures)
{
    for (uint32_t i = 0; i < pictures->count; i++)
        picture_finish(&pictures->list[i]);
    free(pictures->list);
}
