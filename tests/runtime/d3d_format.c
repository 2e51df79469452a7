#include "runtime/d3d_format.h"

/* Formats are numbered in runs of one size: the last of each run. */
static const struct {
    UINT last;
    UINT bytes;
    UINT block;
} runs[] = {
    { 0, 0, 1 },  { 4, 16, 1 },  { 8, 12, 1 }, { 22, 8, 1 }, { 47, 4, 1 },  { 59, 2, 1 },
    { 65, 1, 1 }, { 66, 0, 1 },  { 67, 4, 1 }, { 69, 2, 1 }, { 72, 8, 4 },  { 78, 16, 4 },
    { 81, 8, 4 }, { 84, 16, 4 }, { 86, 2, 1 }, { 93, 4, 1 }, { 99, 16, 4 },
};

static unsigned find_run(DXGI_FORMAT format)
{
    unsigned i = 0;

    while (i < sizeof(runs) / sizeof(runs[0]) && (UINT)format > runs[i].last)
        i++;
    return i < sizeof(runs) / sizeof(runs[0]) ? i : 0;
}

UINT d3d_format_bytes(DXGI_FORMAT format)
{
    return runs[find_run(format)].bytes;
}

UINT d3d_format_block(DXGI_FORMAT format)
{
    return runs[find_run(format)].block;
}

size_t d3d_format_span(DXGI_FORMAT format, UINT width, UINT height, UINT row_pitch_bytes)
{
    const UINT block = d3d_format_block(format);
    const size_t columns = (width + block - 1) / block;
    const size_t rows = (height + block - 1) / block;

    if (rows == 0 || columns == 0)
        return 0;
    return (rows - 1) * row_pitch_bytes + columns * d3d_format_bytes(format);
}
