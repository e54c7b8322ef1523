#include "ctext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H

static int refuse(ctext_line *line, const char *what, FT_Error code) {
    snprintf(line->message, sizeof line->message, "%s (FreeType error %d)", what, (int)code);
    return 0;
}

// Of a collection such as Noto Sans CJK the face whose family name ends in SC; the glyphs of the others are the Japanese ones.
static FT_Error open_face(FT_Library library, const char *path, FT_Face *face) {
    FT_Error code = FT_New_Face(library, path, 0, face);
    if (code) return code;
    FT_Long count = (*face)->num_faces;
    for (FT_Long index = 1; index < count; index++) {
        const char *name = (*face)->family_name;
        size_t length = name ? strlen(name) : 0;
        if (length >= 3 && strcmp(name + length - 3, " SC") == 0) break;
        FT_Done_Face(*face);
        if ((code = FT_New_Face(library, path, index, face))) return code;
    }
    return 0;
}

// Adds the glyph's ink; what lies outside the picture is left out.
static void stamp(const FT_Bitmap *ink, long left, long top, ctext_line *line) {
    for (unsigned row = 0; row < ink->rows; row++) {
        long y = top + (long)row;
        if (y < 0 || (size_t)y >= line->height) continue;
        for (unsigned column = 0; column < ink->width; column++) {
            long x = left + (long)column;
            if (x < 0 || (size_t)x >= line->width) continue;
            uint8_t *pixel = line->coverage + (size_t)y * line->width + (size_t)x;
            uint8_t value = ink->buffer[(long)row * ink->pitch + (long)column];
            if (value > *pixel) *pixel = value;
        }
    }
}

int ctext_draw(
    const char *font_path, unsigned pixel_height, const uint32_t *characters, size_t count, size_t width_limit, ctext_line *line) {
    memset(line, 0, sizeof *line);
    FT_Library library;
    FT_Face face = NULL;
    FT_Error code = FT_Init_FreeType(&library);
    if (code) return refuse(line, "the library does not start", code);
    int done = 0;
    if ((code = open_face(library, font_path, &face))) {
        face = NULL;
        refuse(line, "the font cannot be opened", code);
        goto end;
    }
    if ((code = FT_Set_Pixel_Sizes(face, 0, pixel_height))) {
        refuse(line, "the font has no such size", code);
        goto end;
    }
    long width = 0;
    for (size_t index = 0; index < count; index++) {
        FT_UInt glyph = FT_Get_Char_Index(face, characters[index]);
        if (glyph == 0) line->missing++;
        if (FT_Load_Glyph(face, glyph, FT_LOAD_DEFAULT)) continue;
        width += face->glyph->advance.x >> 6;
        if ((size_t)width >= width_limit) break;
    }
    line->width = (size_t)width < width_limit ? (size_t)width : width_limit;
    line->height = pixel_height + (pixel_height + 3) / 4;
    if (line->width == 0) line->width = 1;
    line->coverage = calloc(line->width, line->height);
    if (!line->coverage) {
        refuse(line, "out of memory", 0);
        goto end;
    }
    long pen = 0;
    for (size_t index = 0; index < count && (size_t)pen < line->width; index++) {
        if (FT_Load_Char(face, characters[index], FT_LOAD_RENDER)) continue;
        stamp(&face->glyph->bitmap, pen + face->glyph->bitmap_left, (long)pixel_height - face->glyph->bitmap_top, line);
        pen += face->glyph->advance.x >> 6;
    }
    done = 1;
end:
    if (face) FT_Done_Face(face);
    FT_Done_FreeType(library);
    return done;
}

void ctext_free(uint8_t *coverage) { free(coverage); }
