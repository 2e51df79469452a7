/**
 * Layout of capture files, shared by writer and reader (AeroGPU host semantics, section 8).
 */
#ifndef STREAM_CAPTURE_FORMAT_H
#define STREAM_CAPTURE_FORMAT_H

#include <stdint.h>

#define CAPTURE_MAGIC          "AEROGPUT"
#define CAPTURE_CONTENTS_MAGIC "AEROTOC" /* and its NUL: 8 bytes */
#define CAPTURE_FOOTER_MAGIC   "AEROGPUF"
#define CAPTURE_MAGIC_BYTES    8u

#define CAPTURE_VERSION          2u
#define CAPTURE_CONTENTS_VERSION 1u

#define CAPTURE_HEADER_BYTES          32u
#define CAPTURE_FOOTER_BYTES          32u
#define CAPTURE_CONTENTS_HEADER_BYTES 16u
#define CAPTURE_CONTENTS_FRAME_BYTES  32u

#define CAPTURE_RECORD_HEADER_BYTES 8u
#define CAPTURE_FRAME_BYTES         4u  /* payload of begin and present records */
#define CAPTURE_BLOB_BYTES          16u /* in front of a blob's bytes */
#define CAPTURE_SUBMISSION_BYTES    56u
#define CAPTURE_RANGE_BYTES         32u
#define CAPTURE_SUBMISSION_VERSION  1u

enum capture_record_type {
    CAPTURE_RECORD_BEGIN_FRAME = 1,
    CAPTURE_RECORD_PRESENT = 2,
    CAPTURE_RECORD_BLOB = 4,
    CAPTURE_RECORD_SUBMISSION = 5,
};

enum capture_blob_kind {
    CAPTURE_BLOB_INLINE_FIRST = 1, /* buffer data, texture data, DXBC, WGSL, GLSL */
    CAPTURE_BLOB_INLINE_LAST = 5,
    CAPTURE_BLOB_STREAM = 0x100,
    CAPTURE_BLOB_TABLE = 0x101,
    CAPTURE_BLOB_ALLOCATION = 0x102,
};

#endif
