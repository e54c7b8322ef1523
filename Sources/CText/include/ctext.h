#pragma once
#include <stddef.h>
#include <stdint.h>

/// One line of text as drawn: how much of each pixel the ink covers, 0…255, row by row without padding; from malloc.
typedef struct {
    uint8_t *coverage;
    size_t width;
    size_t height;
    /// Characters that the font does not have; each is drawn as the font's empty box.
    size_t missing;
    char message[200];
} ctext_line;

/// Draws characters from left to right with a font file (TrueType, OpenType or a collection of them, of which the face for simplified
/// Chinese is taken where there is one). Answers 1 and fills the picture, or 0 and fills `message` (ends in NUL; no picture then).
///
/// The line is `pixel_height` high by the font's own measure, a little more with what hangs below it; never wider than `width_limit`:
/// what does not fit is left out.
int ctext_draw(
    const char *font_path, unsigned pixel_height, const uint32_t *characters, size_t count, size_t width_limit, ctext_line *line);

/// Frees what `ctext_draw` gave; NULL is allowed.
void ctext_free(uint8_t *coverage);
