"""Why a figure moved, or stands apart from its target: what each driver of its tree added, exactly."""
