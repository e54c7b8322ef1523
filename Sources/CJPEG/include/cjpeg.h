#pragma once
#include <stddef.h>
#include <stdint.h>

/// 8-bit 4:2:0 planes. Chroma is half as wide and high as luma, rounded up. Nothing is kept after the call.
typedef struct {
    const uint8_t *luma;
    const uint8_t *cb;
    const uint8_t *cr;
    size_t luma_stride_bytes;
    size_t chroma_stride_bytes;
    /// Of luma, in pixels.
    size_t width;
    size_t height;
    /// 256 entries each that every sample is sent through, or NULL to take the samples as they are.
    const uint8_t *luma_table;
    const uint8_t *chroma_table;
} cjpeg_picture;

/// What an encoding gave: bytes from malloc, or the library's message.
typedef struct {
    uint8_t *bytes;
    size_t byte_count;
    char message[200];
} cjpeg_output;

/// Encodes as baseline JFIF 4:2:0. Answers 1 and fills `bytes`, or 0 and fills `message` (ends in NUL; no bytes then).
int cjpeg_encode(const cjpeg_picture *picture, int quality, cjpeg_output *output);

/// Frees what `cjpeg_encode` gave; NULL is allowed.
void cjpeg_free(uint8_t *bytes);
