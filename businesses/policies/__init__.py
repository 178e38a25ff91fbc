"""Who may do what to a business."""
