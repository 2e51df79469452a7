/** The container checksum, against containers that somebody else's compiler wrote. */
#include <string.h>

#include "dxbc/hash.h"
#include "test_dxbc_support.h"

START_TEST(genuine_container_has_this_checksum)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    uint8_t hash[DXBC_HASH_SIZE];

    dxbc_hash(file.bytes, (uint32_t)file.size_bytes, hash);
    ck_assert_mem_eq(hash, file.bytes + DXBC_HEADER_HASH, DXBC_HASH_SIZE);
    free(file.bytes);
}
END_TEST

START_TEST(checksum_covers_the_last_byte)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    uint8_t hash[DXBC_HASH_SIZE];

    file.bytes[file.size_bytes - 1] ^= 1;
    dxbc_hash(file.bytes, (uint32_t)file.size_bytes, hash);
    ck_assert_mem_ne(hash, file.bytes + DXBC_HEADER_HASH, DXBC_HASH_SIZE);
    free(file.bytes);
}
END_TEST

START_TEST(checksum_does_not_cover_itself)
{
    struct test_bytes file = test_load(test_shaders[0].path);
    uint8_t before[DXBC_HASH_SIZE], after[DXBC_HASH_SIZE];

    dxbc_hash(file.bytes, (uint32_t)file.size_bytes, before);
    memset(file.bytes, 0, DXBC_HASH_START);
    dxbc_hash(file.bytes, (uint32_t)file.size_bytes, after);
    ck_assert_mem_eq(before, after, DXBC_HASH_SIZE);
    free(file.bytes);
}
END_TEST

/*
 * Both ways of padding, at the lengths where they meet. Expected values from an independent
 * computation (another implementation of MD5's block function over blocks laid out by hand) over
 * bytes 0, 1, 2, ...
 */
static const struct {
    uint32_t length_bytes;
    uint8_t hash[DXBC_HASH_SIZE];
} padded[] = {
    { 0,
      { 0x14, 0x0d, 0x60, 0xf6, 0xb7, 0x75, 0xe2, 0xba, 0x4e, 0x4a, 0xbe, 0xd4, 0x01, 0xb2, 0xe9,
        0xa1 } },
    { 1,
      { 0x29, 0x64, 0x83, 0x6e, 0x48, 0xbd, 0x2a, 0x4c, 0xb1, 0x70, 0x03, 0xda, 0xc0, 0x71, 0x6b,
        0x0a } },
    { 55,
      { 0x84, 0x2e, 0x55, 0x53, 0x4b, 0xa9, 0x3d, 0xaa, 0x93, 0xe9, 0x4b, 0xd5, 0xaf, 0x9b, 0x0c,
        0x03 } },
    { 56,
      { 0x00, 0xf9, 0xcc, 0x96, 0x4f, 0xf2, 0xec, 0x81, 0x95, 0x9d, 0x4a, 0x3f, 0x09, 0x2c, 0xe6,
        0x3f } },
    { 57,
      { 0xd0, 0x5b, 0x09, 0xca, 0xf0, 0x30, 0xa5, 0x37, 0x41, 0xa9, 0x7e, 0x95, 0xb2, 0x6a, 0xd3,
        0x2d } },
    { 63,
      { 0x44, 0x00, 0xd4, 0x28, 0xa4, 0x1d, 0x0e, 0x75, 0xdc, 0x98, 0xb9, 0x36, 0x69, 0x3f, 0x7b,
        0xfb } },
    { 64,
      { 0xf4, 0x2e, 0xb0, 0x6c, 0xa9, 0x21, 0xc8, 0x78, 0xe4, 0x35, 0xe3, 0xb8, 0xd4, 0xf9, 0x2b,
        0x13 } },
    { 119,
      { 0xba, 0x3a, 0x67, 0xec, 0xd4, 0x64, 0x1c, 0xe4, 0xed, 0x08, 0xf2, 0x91, 0x89, 0x6e, 0x1b,
        0xc6 } },
    { 120,
      { 0x88, 0x2f, 0xce, 0x4f, 0x4c, 0x95, 0x19, 0x43, 0x92, 0xe7, 0xad, 0xef, 0xd5, 0x3f, 0xe3,
        0x43 } },
    { 128,
      { 0x7f, 0x04, 0x68, 0xe3, 0xc7, 0xa6, 0x68, 0x78, 0x1a, 0x3d, 0x62, 0xe3, 0x1d, 0x49, 0xbf,
        0x72 } },
    { 191,
      { 0xde, 0xb5, 0xec, 0x77, 0x16, 0xa5, 0x4a, 0xd8, 0x90, 0xe5, 0xa6, 0x57, 0x73, 0x35, 0x1f,
        0x95 } },
};

START_TEST(padding_is_right_at_every_boundary)
{
    uint8_t bytes[DXBC_HASH_START + 256];
    uint8_t hash[DXBC_HASH_SIZE];

    for (uint32_t i = 0; i < padded[_i].length_bytes; i++)
        bytes[DXBC_HASH_START + i] = (uint8_t)i;
    dxbc_hash(bytes, DXBC_HASH_START + padded[_i].length_bytes, hash);
    ck_assert_mem_eq(hash, padded[_i].hash, DXBC_HASH_SIZE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dxbc_hash");
    TCase *cases = tcase_create("hash");

    tcase_add_loop_test(cases, genuine_container_has_this_checksum, 0, TEST_SHADER_COUNT);
    tcase_add_loop_test(cases, checksum_covers_the_last_byte, 0, TEST_SHADER_COUNT);
    tcase_add_test(cases, checksum_does_not_cover_itself);
    tcase_add_loop_test(cases, padding_is_right_at_every_boundary, 0,
                        (int)(sizeof(padded) / sizeof(padded[0])));
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
