#pragma once
#include <stddef.h>
#include <stdint.h>

/// Which part of 8-bit 4:2:0 planes to encode, in luma pixels; `x` and `y` are even. Chroma is half as wide and high as
/// luma, rounded up.
typedef struct {
    size_t x;
    size_t y;
    size_t width;
    size_t height;
    size_t luma_stride_bytes;
    size_t chroma_stride_bytes;
} cjpeg_part;

/// What an encoding gave: bytes from malloc, or the library's message.
typedef struct {
    uint8_t *bytes;
    size_t byte_count;
    char message[200];
} cjpeg_output;

/// Encodes as baseline JFIF 4:2:0. Answers 1 and fills `bytes`, or 0 and fills `message` (ends in NUL; no bytes then).
///
/// The tables have 256 entries that every sample is sent through; NULL takes the samples as they are. Nothing that is
/// passed in is kept after the call.
int cjpeg_encode(
    const uint8_t *luma, const uint8_t *cb, const uint8_t *cr, const uint8_t *luma_table, const uint8_t *chroma_table,
    const cjpeg_part *part, int quality, cjpeg_output *output);

/// Frees what `cjpeg_encode` gave; NULL is allowed.
void cjpeg_free(uint8_t *bytes);

/// A decoded picture: full-range Y, Cb, Cr (BT.601) of each pixel, side by side and row by row, from malloc.
typedef struct {
    uint8_t *bytes;
    size_t width;
    size_t height;
    char message[200];
} cjpeg_picture;

/// Decodes a JPEG in colour or grey. Answers 1 and fills `bytes`, or 0 and fills `message` (ends in NUL; no bytes then).
///
/// Refuses pictures of more than `pixel_limit` pixels. A picture that breaks off is refused as well.
int cjpeg_decode(const uint8_t *jpeg, size_t byte_count, size_t pixel_limit, cjpeg_picture *picture);
