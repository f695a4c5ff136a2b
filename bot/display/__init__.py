"""Values into Discord: texts, embeds, components, limits; deliveries carried out."""
